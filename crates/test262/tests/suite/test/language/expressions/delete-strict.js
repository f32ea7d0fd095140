/*---
description: In strict code a property that stays is an error
flags: [onlyStrict]
---*/
assert.throws(TypeError, () => { delete Object.freeze([1])[0]; });
assert.throws(ReferenceError, () => { undeclared = 1; });
assert.throws(TypeError, () => { "text".length = 1; });
assert.throws(TypeError, () => { (function () { arguments.callee; })(); });
