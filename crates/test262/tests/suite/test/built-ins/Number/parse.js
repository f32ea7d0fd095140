/*---
description: Texts as numbers
---*/
assert.sameValue(Number(" 0x10\n"), 16);
assert.sameValue(Number(""), 0);
assert.sameValue(Number("1_0"), NaN);
assert.sameValue(parseInt("0b1") + parseInt("12px") + parseInt("z", 36), 47);
assert.sameValue(parseFloat(".5e1x"), 5);
assert.sameValue(Number.isSafeInteger(2 ** 53), false);
assert.sameValue(isNaN("x"), true);
assert.sameValue(Number.isNaN("x"), false);
