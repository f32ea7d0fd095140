/*---
description: Object.assign reads getters and calls setters
---*/
var log = [];
var target = { set x(v) { log.push(v); } };
Object.assign(target, null, { get x() { return 1; } }, "z", undefined);
assert.compareArray(log, [1]);
assert.sameValue(target[0], "z");
