/*---
description: Typed arrays have the methods of arrays, sorted by number
---*/
var a = Float64Array.from([10, 9, 1, NaN, -0, 0]);
assert.compareArray([...a.sort()], [-0, 0, 1, 9, 10, NaN]);
assert.compareArray([...Uint8Array.from("123").map((x) => x * 2)], [2, 4, 6]);
var b = new Uint16Array(new Uint8Array([1, 0, 2, 0]).buffer);
assert.compareArray([...b], [1, 2]);
b.set([5], 1);
assert.sameValue(b.subarray(1).at(0) + b.toReversed()[0], 10);
assert.sameValue(Uint8Array.fromBase64("AQI=").toHex(), "0102");
assert.throws(RangeError, () => new Uint16Array(new ArrayBuffer(3)));
