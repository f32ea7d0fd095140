/*---
description: A lexical name is declared once
negative:
  phase: parse
  type: SyntaxError
---*/
$DONOTEVALUATE();
let a;
var a;
