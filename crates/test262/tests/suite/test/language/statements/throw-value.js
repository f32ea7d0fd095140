/*---
description: A script that throws ends with what it threw
negative:
  phase: runtime
  type: RangeError
---*/
throw new RangeError("thrown");
