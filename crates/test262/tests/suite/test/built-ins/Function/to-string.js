/*---
description: A function as text begins as a function does
---*/
assert.sameValue(String(Math.max).startsWith("function max("), true);
assert.sameValue(String(Math.max).includes("[native code]"), true);
assert.throws(TypeError, () => Function.prototype.toString.call({}));
