/*---
description: A direct eval sees and declares the variables of its function
flags: [noStrict]
---*/
function f() { var x = 1; eval("var y = x + 1"); return y; }
assert.sameValue(f(), 2);
function g() { let x = 1; return eval("'use strict'; var z = x; z") + typeof z; }
assert.sameValue(g(), "1undefined");
assert.throws(SyntaxError, () => eval("1 +"));
