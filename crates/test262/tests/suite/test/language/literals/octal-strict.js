/*---
description: Strict code has no old octal numbers
flags: [onlyStrict]
negative:
  phase: parse
  type: SyntaxError
---*/
$DONOTEVALUATE();
010;
