/*---
description: this is undefined in a module, which is strict and has import.meta
flags: [module]
---*/
assert.sameValue(this, undefined);
assert.throws(ReferenceError, () => { undeclared = 1; });
assert.sameValue(typeof import.meta, "object");
assert.sameValue(import.meta, import.meta);
