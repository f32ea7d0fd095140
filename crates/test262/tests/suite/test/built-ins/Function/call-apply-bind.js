/*---
description: Functions are called with any this and list of arguments
---*/
function f(...all) { return [this, ...all].join(); }
assert.sameValue(f.call(1, 2, 3), "1,2,3");
assert.sameValue(f.apply(1, { length: 2, 0: "a" }), "1,a,");
var bound = f.bind(1, 2);
assert.sameValue(bound(3), "1,2,3");
assert.sameValue(bound.name, "bound f");
assert.sameValue(function (a, b, c) {}.bind(0, 1).length, 2);
class P { constructor(a, b) { this.sum = a + b; } }
assert.sameValue(new (P.bind(null, 1))(2).sum, 3);
assert.throws(TypeError, () => f.apply(1, 2));
