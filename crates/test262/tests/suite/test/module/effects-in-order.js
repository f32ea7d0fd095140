/*---
description: Modules are evaluated in the order of their imports
flags: [module]
---*/
import "./effect-1_FIXTURE.js";
import "./effect-2_FIXTURE.js";
assert.compareArray(globalThis.effects, [1, 2]);
