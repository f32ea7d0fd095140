/*---
description: A script can import a module by import()
flags: [async]
---*/
import("./exports_FIXTURE.js").then((ns) => {
  assert.sameValue(ns.default(), 1);
}).then($DONE, $DONE);
