/*---
description: Strict functions have no two parameters of one name
flags: [onlyStrict]
negative:
  phase: parse
  type: SyntaxError
---*/
$DONOTEVALUATE();
function f(a, a) {}
