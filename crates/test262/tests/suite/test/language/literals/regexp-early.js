/*---
description: A damaged regular expression is an error before anything runs
negative:
  phase: parse
  type: SyntaxError
---*/
$DONOTEVALUATE();
/(?<n>a)(?<n>b)[/u;
