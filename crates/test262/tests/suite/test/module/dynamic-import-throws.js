/*---
description: import() of a module that throws is rejected with what it threw
flags: [module, async]
---*/
await assert.throwsAsync(RangeError, () => import("./throws_FIXTURE.js"));
$DONE();
