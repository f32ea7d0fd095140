/*---
description: An object can be given another prototype, but no cycle
---*/
var a = {}, b = Object.create(a, { own: { value: 1, enumerable: true } });
assert.throws(TypeError, () => Object.setPrototypeOf(a, b));
assert.sameValue(Reflect.setPrototypeOf(a, b), false);
assert.sameValue(Reflect.setPrototypeOf(Object.preventExtensions({}), a), false);
assert.sameValue(a.isPrototypeOf(b), true);
assert.sameValue(b.__proto__, a);
assert.sameValue(Object.prototype.toString.call(null), "[object Null]");
assert.sameValue(String({ [Symbol.toStringTag]: "T" }), "[object T]");
