/*---
description: In strict functions this is what the call gives
flags: [onlyStrict]
---*/
function f() { return this; }
assert.sameValue(f(), undefined);
assert.sameValue(f.call(1), 1);
assert.sameValue((() => this)(), globalThis);
