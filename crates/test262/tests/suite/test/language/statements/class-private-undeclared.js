/*---
description: A private name that no class declares is an error before anything runs
negative:
  phase: parse
  type: SyntaxError
---*/
$DONOTEVALUATE();
class A { m() { return this.#x; } }
