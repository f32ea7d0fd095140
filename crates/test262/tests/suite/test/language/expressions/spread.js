/*---
description: Anything iterable is spread into calls and lists, any object into objects
---*/
assert.sameValue(Math.max(...new Set([1, 5, 3])), 5);
assert.compareArray([..."ab", ...[1, , 2]], ["a", "b", 1, undefined, 2]);
assert.sameValue(JSON.stringify({ ..."abc", ...[9], ...null, x: 1 }), '{"0":9,"1":"b","2":"c","x":1}');
class A { constructor(...all) { this.all = all; } }
assert.compareArray(new A(...[1], 2).all, [1, 2]);
