/*---
description: A reserved word is no name, however it is written
negative:
  phase: parse
  type: SyntaxError
---*/
$DONOTEVALUATE();
var cl\u0061ss = 1;
