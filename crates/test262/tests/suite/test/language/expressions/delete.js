/*---
description: delete tells whether the property is gone
flags: [noStrict]
---*/
var o = Object.defineProperty({ a: 1 }, "b", { value: 1 });
assert.sameValue(delete o.a, true);
assert.sameValue(delete o.b, false);
assert.sameValue(delete o.c, true);
implicit = 1;
assert.sameValue(delete implicit, true);
assert.sameValue(typeof implicit, "undefined");
