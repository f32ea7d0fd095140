/*---
description: Targets are evaluated before the values that they get
---*/
var log = [];
var at = (name) => (log.push(name), {});
({ [(log.push("key"), "k")]: at("target").x = log.push("default") } = {});
[at("first").x, at("second").x] = [1, 2];
assert.compareArray(log, ["key", "target", "default", "first", "second"]);
