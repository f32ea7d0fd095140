/*---
description: A lexical name cannot be read, assigned or typed before its declaration
---*/
assert.throws(ReferenceError, () => { a; let a; });
assert.throws(ReferenceError, () => { a = 1; let a; });
assert.throws(ReferenceError, () => { typeof a; const a = 1; });
assert.throws(ReferenceError, () => { new A(); class A {} });
assert.throws(TypeError, () => { const a = 1; a = 2; });
assert.throws(ReferenceError, () => ((a = b, b) => a)());
