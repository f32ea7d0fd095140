/*---
description: A script that throws an object of its own ends with that
negative:
  phase: runtime
  type: Test262Error
---*/
throw new Test262Error("thrown");
