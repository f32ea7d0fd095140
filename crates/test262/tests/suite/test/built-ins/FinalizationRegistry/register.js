/*---
description: A registry takes objects, and not itself
---*/
var r = new FinalizationRegistry(() => {});
assert.sameValue(r.register({}, 1), undefined);
assert.throws(TypeError, () => r.register("text"));
assert.sameValue(r.unregister({}), false);
