/*---
description: Reflect does what objects do inside
---*/
var receiver = { v: 2 };
assert.sameValue(Reflect.get({ get x() { return this.v; } }, "x", receiver), 2);
assert.sameValue(Reflect.set({}, "y", 3, receiver), true);
assert.sameValue(receiver.y, 3);
assert.sameValue(Reflect.defineProperty(Object.freeze({}), "a", { value: 1 }), false);
assert.sameValue(Reflect.apply(Math.max, null, [1, 2]), 2);
assert.throws(TypeError, () => Reflect.ownKeys(1));
assert.sameValue(Reflect.has([1], 0), true);
