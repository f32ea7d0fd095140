/*---
description: What nobody hears of does not keep a test from its end
---*/
var p = Promise.reject(1);
p.catch(() => {});
assert.sameValue(typeof p, "object");
