/*---
description: Resources are disposed of in reverse order when their block ends
features: [explicit-resource-management]
---*/
var log = [];
var resource = (name) => ({ [Symbol.dispose]() { log.push(name); } });
{
  using a = resource("a"), b = resource("b");
  using none = null;
  log.push("body");
}
assert.compareArray(log, ["body", "b", "a"]);
