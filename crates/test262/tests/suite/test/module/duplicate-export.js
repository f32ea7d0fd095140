/*---
description: A name is exported once
flags: [module]
negative:
  phase: parse
  type: SyntaxError
---*/
$DONOTEVALUATE();
export var a;
export { a };
