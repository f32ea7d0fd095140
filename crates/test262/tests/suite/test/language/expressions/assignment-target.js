/*---
description: What is no reference cannot be assigned to
negative:
  phase: parse
  type: SyntaxError
---*/
$DONOTEVALUATE();
f() = 1;
1 = 2;
