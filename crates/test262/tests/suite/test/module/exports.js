/*---
description: A module sees what others export, as it is now
flags: [module]
---*/
import one, { count, up, default as again } from "./exports_FIXTURE.js";
import * as ns from "./exports_FIXTURE.js";
assert.sameValue(one(), 1);
assert.sameValue(again, one);
assert.sameValue(count, 0);
up();
assert.sameValue(count, 1);
assert.sameValue(ns.count, 1);
assert.throws(TypeError, () => { ns.count = 2; });
assert.sameValue(Object.keys(ns).join(), "count,default,up");
