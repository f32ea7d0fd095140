/*---
description: Some methods change the array, others a copy
---*/
var a = [3, 1, 2];
assert.compareArray(a.toSorted(), [1, 2, 3]);
assert.compareArray(a.toReversed(), [2, 1, 3]);
assert.compareArray(a.with(-1, 9), [3, 1, 9]);
assert.compareArray(a.toSpliced(1, 1, 7, 8), [3, 7, 8, 2]);
assert.compareArray(a, [3, 1, 2]);
assert.compareArray(a.splice(1), [1, 2]);
assert.compareArray(a.concat([4], 5, [[6]]).map(String), ["3", "4", "5", "6"]);
assert.compareArray([1, 2, 3, 4].copyWithin(0, 2).fill(0, 3), [3, 4, 3, 0]);
