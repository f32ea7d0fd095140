/*---
description: Operands are evaluated from left to right, before the operation
---*/
var log = [];
var v = (n) => (log.push(n), { valueOf() { log.push("v" + n); return n; } });
v(1) + v(2) * v(3);
assert.compareArray(log, [1, 2, 3, "v2", "v3", "v1"]);
log = [];
var o = { get f() { log.push("get"); return () => log.push("call"); } };
o.f(log.push("argument"));
assert.compareArray(log, ["get", "argument", "call"]);
