/*---
description: Of a cycle each module is evaluated once, the imported first
flags: [module]
---*/
import { log } from "./cycle-log_FIXTURE.js";
import "./cycle-a_FIXTURE.js";
assert.compareArray(log, ["b", "a"]);
