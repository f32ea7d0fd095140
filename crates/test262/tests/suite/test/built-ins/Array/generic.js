/*---
description: The methods of arrays work on anything with a length
---*/
var o = { 0: "a", 1: "b", length: 2 };
assert.sameValue(Array.prototype.map.call(o, (x) => x + x).join(), "aa,bb");
Array.prototype.push.call(o, "c");
assert.sameValue(o.length, 3);
assert.sameValue(Array.prototype.join.call("abc", "-"), "a-b-c");
assert.compareArray(Array.prototype.slice.call("xyz", 1), ["y", "z"]);
