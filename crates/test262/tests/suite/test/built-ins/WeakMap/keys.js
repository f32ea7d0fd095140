/*---
description: Weak maps have objects as keys
---*/
var key = {}, w = new WeakMap([[key, 1]]);
assert.sameValue(w.get(key), 1);
assert.sameValue(w.has({}), false);
assert.throws(TypeError, () => w.set("text", 1));
assert.sameValue(new WeakSet([key]).has(key), true);
assert.sameValue(new WeakRef(key).deref(), key);
