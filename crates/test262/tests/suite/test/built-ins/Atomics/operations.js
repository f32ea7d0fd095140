/*---
description: Atomics change elements and tell what was there
features: [Atomics]
---*/
var a = new Int32Array(new SharedArrayBuffer(8));
assert.sameValue(Atomics.add(a, 0, 5), 0);
assert.sameValue(Atomics.compareExchange(a, 0, 5, 7), 5);
assert.sameValue(Atomics.load(a, 0) + Atomics.exchange(a, 1, 2), 7);
assert.sameValue(Atomics.notify(a, 0, 1), 0);
assert.throws(TypeError, () => Atomics.add([1], 0, 1));
