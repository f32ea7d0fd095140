/*---
description: In sloppy functions this is an object
flags: [noStrict]
---*/
function f() { return this; }
assert.sameValue(f(), globalThis);
assert.sameValue(typeof f.call(1), "object");
assert.sameValue(f.call(null), globalThis);
assert.sameValue(this, globalThis);
