/*---
description: The base of an exponentiation is no unary expression
negative:
  phase: parse
  type: SyntaxError
---*/
$DONOTEVALUATE();
-1 ** 2;
