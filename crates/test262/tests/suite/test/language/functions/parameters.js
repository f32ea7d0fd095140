/*---
description: Defaults see the parameters before them, and the length ends at the first
---*/
function f(a, b = a + 1, [c, d = b] = [], ...rest) { return [a, b, c, d, rest.length]; }
assert.compareArray(f(1), [1, 2, undefined, 2, 0]);
assert.compareArray(f(1, 5, [3], 4, 4), [1, 5, 3, 5, 2]);
assert.sameValue(f.length, 1);
var x = 1;
function g(a = () => x) { var x = 2; return a(); }
assert.sameValue(g(), 1);
