/*---
description: The global object has the builtins, none of them enumerable
includes: [propertyHelper.js]
---*/
verifyProperty(globalThis, "NaN", { value: NaN, writable: false, enumerable: false, configurable: false });
verifyProperty(globalThis, "parseInt", { writable: true, enumerable: false, configurable: true });
assert.sameValue(globalThis.globalThis, globalThis);
assert.sameValue(Object.keys(globalThis).includes("Array"), false);
