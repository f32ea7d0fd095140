/*---
description: The functions of Math
---*/
assert.sameValue(Math.max() + Math.min(), NaN);
assert.sameValue(Math.round(-0.5), -0);
assert.sameValue(Math.sign(-3) + Math.trunc(-4.7), -5);
assert.sameValue(Math.hypot(3, 4) + Math.cbrt(27), 8);
assert.sameValue(Math.clz32(1) + Math.imul(0xffffffff, 5), 26);
assert.sameValue(Math.fround(5.5) + Math.log2(8), 8.5);
assert.sameValue(Math.atan2(0, -1), Math.PI);
assert.sameValue(Math.random() < 1, true);
