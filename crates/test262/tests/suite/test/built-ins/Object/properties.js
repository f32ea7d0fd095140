/*---
description: Properties have attributes, which freezing and sealing change
includes: [propertyHelper.js]
---*/
var o = { a: 1 };
verifyProperty(o, "a", { value: 1, writable: true, enumerable: true, configurable: true });
Object.defineProperty(o, "b", { get() { return 2; } });
verifyProperty(o, "b", { set: undefined, enumerable: false, configurable: false });
o.c = 3;
Object.freeze(o);
verifyProperty(o, "c", { value: 3, writable: false, enumerable: true, configurable: false });
assert.throws(TypeError, () => Object.defineProperty(o, "d", { value: 1 }));
assert.throws(TypeError, () => Object.defineProperty({}, "d", { get() {}, value: 1 }));
