/*---
description: In sloppy functions of simple parameters arguments and parameters are the same
flags: [noStrict]
---*/
function f(a) { arguments[0] = 2; a += 1; return [a, arguments[0], arguments.length]; }
assert.compareArray(f(1, 9), [3, 3, 2]);
function g(a = 0) { arguments[0] = 2; return a; }
assert.sameValue(g(1), 1);
assert.sameValue((function () { return arguments.callee.length; })(), 0);
