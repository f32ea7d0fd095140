/*---
description: A script is no function
negative:
  phase: parse
  type: SyntaxError
---*/
$DONOTEVALUATE();
return;
