/*---
description: A module that imports one that throws is not evaluated
flags: [module]
negative:
  phase: runtime
  type: RangeError
---*/
import "./throws_FIXTURE.js";
