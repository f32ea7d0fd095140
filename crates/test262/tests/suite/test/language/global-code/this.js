/*---
description: this is the global object in a script, strict or not
---*/
assert.sameValue(this, globalThis);
this.added = 1;
assert.sameValue(added, 1);
