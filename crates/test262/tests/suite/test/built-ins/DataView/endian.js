/*---
description: Views read numbers in either order of bytes
---*/
var v = new DataView(new ArrayBuffer(16), 2);
v.setInt16(0, 0x0102);
assert.sameValue(v.getUint8(0) + v.getInt16(0, true), 0x201 + 1);
v.setFloat64(1, -2.5, true);
assert.sameValue(v.getFloat64(1, true), -2.5);
v.setBigInt64(0, -1n);
assert.sameValue(v.getBigUint64(0), 2n ** 64n - 1n);
assert.throws(RangeError, () => v.getInt32(12));
