/*---
description: Addition is of texts where one operand is one
---*/
assert.sameValue(1 + "2", "12");
assert.sameValue("1" + null, "1null");
assert.sameValue([] + {}, "[object Object]");
assert.sameValue(1 + true, 2);
assert.sameValue(1n + 2n, 3n);
assert.throws(TypeError, () => 1 + 1n);
assert.throws(TypeError, () => Symbol() + "");
assert.sameValue(new Date(0) + 1, new Date(0).toString() + "1");
