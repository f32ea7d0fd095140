/*---
description: A module waits at its top level, and its importers wait for it
flags: [module, async]
---*/
import { value } from "./top-level-await_FIXTURE.js";
assert.sameValue(value, 7);
var sum = 0;
for await (var x of [1, Promise.resolve(2)]) sum += x;
assert.sameValue(sum + (await 4), 7);
$DONE();
