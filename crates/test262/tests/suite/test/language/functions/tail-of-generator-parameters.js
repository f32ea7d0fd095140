/*---
description: The parameters of a generator are evaluated by the call
---*/
var log = [];
function* g(a = log.push("parameter")) { log.push("body"); }
var i = g();
assert.compareArray(log, ["parameter"]);
i.next();
assert.compareArray(log, ["parameter", "body"]);
