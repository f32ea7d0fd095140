/*---
description: Functions keep the variables that they were made with
---*/
function counter() { var n = 0; return { up: () => ++n, get n() { return n; } }; }
var a = counter(), b = counter();
a.up(); a.up(); b.up();
assert.compareArray([a.n, b.n], [2, 1]);
var named = function fact(n) { return n < 2 ? 1 : n * fact(n - 1); };
assert.sameValue(named(5), 120);
