/*---
description: A name that a module does not export is an error of linking
flags: [module]
negative:
  phase: resolution
  type: SyntaxError
---*/
$DONOTEVALUATE();
import { none } from "./exports_FIXTURE.js";
