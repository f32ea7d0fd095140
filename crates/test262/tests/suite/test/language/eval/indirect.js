/*---
description: An indirect eval is global code
flags: [noStrict]
---*/
var x = "global";
function f() { var x = "local"; return (0, eval)("x"); }
assert.sameValue(f(), "global");
(0, eval)("var made = 1");
assert.sameValue(made, 1);
