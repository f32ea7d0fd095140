/*---
description: Each kind of typed array converts what is stored
---*/
assert.compareArray([...Int8Array.of(127, 128, -129)], [127, -128, 127]);
assert.compareArray([...Uint8ClampedArray.of(-1, 1.5, 2.5, 300)], [0, 2, 2, 255]);
assert.sameValue(new Float32Array([1.1])[0] === 1.1, false);
assert.sameValue(BigUint64Array.of(-1n)[0], 18446744073709551615n);
assert.sameValue(new Float16Array([1 / 3])[0], 0.333251953125);
assert.throws(TypeError, () => BigInt64Array.of(1));
var a = new Uint8Array(2);
a[5] = 1; a["-0"] = 1; a[0] = 257;
assert.compareArray(Object.keys(a), ["0", "1"]);
assert.sameValue(a[0], 1);
