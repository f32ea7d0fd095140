/*---
description: Exponentiation is right-associative and assigns
---*/
assert.sameValue(2 ** 3 ** 2, 512);
assert.sameValue((-2) ** 2, 4);
var x = 3; x **= 2;
assert.sameValue(x, 9);
assert.throws(RangeError, () => 2n ** -1n);
