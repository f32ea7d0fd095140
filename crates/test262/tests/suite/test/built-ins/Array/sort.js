/*---
description: Sorting is stable, by text unless compared, and holes come last
---*/
assert.compareArray([10, 9, 1].sort(), [1, 10, 9]);
var list = [[1, "a"], [0, "b"], [1, "c"], [0, "d"]].sort((a, b) => a[0] - b[0]);
assert.sameValue(list.map((x) => x[1]).join(""), "bdac");
var holes = [3, , undefined, 1].sort();
assert.sameValue(2 in holes, true);
assert.sameValue(3 in holes, false);
assert.throws(TypeError, () => [].sort({}));
