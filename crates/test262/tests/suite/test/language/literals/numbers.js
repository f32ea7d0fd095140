/*---
description: Numbers in every notation
---*/
assert.sameValue(0b11 + 0o17 + 0xff, 273);
assert.sameValue(1_000.5e-1, 100.05);
assert.sameValue(.5 + 5., 5.5);
assert.sameValue(0xFFFFFFFFFFFFFFFFn, 18446744073709551615n);
assert.sameValue(1e400, Infinity);
assert.sameValue(-0, -0);
