/*---
description: Errors pass through calls
negative:
  phase: runtime
  type: TypeError
---*/
[1].map(function f() { return undefined.x; });
