/*---
description: The name of a function expression cannot be assigned
flags: [onlyStrict]
---*/
assert.throws(TypeError, function f() { f = 1; });
