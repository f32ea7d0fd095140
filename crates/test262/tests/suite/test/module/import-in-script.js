/*---
description: A script has no import declarations
negative:
  phase: parse
  type: SyntaxError
---*/
$DONOTEVALUATE();
import "./exports_FIXTURE.js";
