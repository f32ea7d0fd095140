#!/usr/bin/env jsc
/*---
description: The first line can name a program
flags: [raw]
negative:
  phase: runtime
  type: EvalError
---*/
throw new EvalError();
