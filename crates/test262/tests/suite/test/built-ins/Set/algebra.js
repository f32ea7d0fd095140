/*---
description: Sets are united, intersected and compared
---*/
var a = new Set([1, 2, 3]), b = new Set([3, 4]);
assert.compareArray([...a.union(b)], [1, 2, 3, 4]);
assert.compareArray([...a.intersection(b)], [3]);
assert.compareArray([...a.difference(b)], [1, 2]);
assert.compareArray([...a.symmetricDifference(b)], [1, 2, 4]);
assert.sameValue(new Set([3]).isSubsetOf(b), true);
assert.sameValue(a.isDisjointFrom(new Map([[9, 1]])), true);
