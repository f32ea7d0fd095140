/*---
description: The builtins can be listed and described
---*/
var names = Object.getOwnPropertyNames(Math);
assert.sameValue(names.includes("hypot"), true);
var d = Object.getOwnPropertyDescriptor(Array.prototype, "flatMap");
assert.sameValue(d.enumerable, false);
assert.sameValue(typeof d.value, "function");
assert.sameValue(d.value.length, 1);
assert.sameValue(Object.getOwnPropertyNames(globalThis).includes("Reflect"), true);
assert.sameValue(Object.isFrozen(Object.freeze([1])), true);
