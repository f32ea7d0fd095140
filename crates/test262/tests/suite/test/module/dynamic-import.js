/*---
description: import() gives a namespace, the same each time
flags: [module, async]
---*/
var a = await import("./exports_FIXTURE.js");
var b = await import("./exports_FIXTURE.js");
assert.sameValue(a, b);
assert.sameValue(a.default(), 1);
import("./exports_FIXTURE.js").then((ns) => {
  assert.sameValue(ns, a);
  assert.sameValue(Reflect.ownKeys(ns).length, 4);
}).then($DONE, $DONE);
