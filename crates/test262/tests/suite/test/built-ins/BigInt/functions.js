/*---
description: Integers of any size
---*/
assert.sameValue(BigInt("0xff") + BigInt(1), 256n);
assert.sameValue(BigInt.asIntN(8, 255n) + BigInt.asUintN(8, -1n), 254n);
assert.sameValue((10n ** 20n).toString(36), (100000000000000000000n).toString(36));
assert.throws(RangeError, () => BigInt(1.5));
assert.throws(SyntaxError, () => BigInt("x"));
assert.throws(TypeError, () => BigInt(undefined));
assert.throws(RangeError, () => 1n / 0n);
assert.sameValue(-7n / 2n + -7n % 2n, -4n);
assert.throws(TypeError, () => +1n);
