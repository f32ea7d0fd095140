/*---
description: Bits are those of 32-bit numbers, or of integers of any size
---*/
assert.sameValue(1 << 33, 2);
assert.sameValue(-1 >>> 0, 4294967295);
assert.sameValue(5.7 | 0, 5);
assert.sameValue(~-1, 0);
assert.sameValue(1n << 70n, 1180591620717411303424n);
assert.sameValue(-5n >> 1n, -3n);
assert.sameValue((2n ** 64n) & 0xffn, 0n);
