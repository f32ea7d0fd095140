/*---
description: Grouping makes lists by name, without a prototype
---*/
var groups = Object.groupBy([1, 2, 3], (x) => (x % 2 ? "constructor" : "even"));
assert.compareArray(groups.constructor, [1, 3]);
assert.sameValue(Object.getPrototypeOf(groups), null);
assert.sameValue(Map.groupBy([1, 2], (x) => x > 1).get(true)[0], 2);
