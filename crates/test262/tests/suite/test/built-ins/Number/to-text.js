/*---
description: Numbers as texts
---*/
assert.sameValue(String(0.1 + 0.2), "0.30000000000000004");
assert.sameValue(String(1e21) + String(1e-7), "1e+211e-7");
assert.sameValue((255).toString(16) + (0.5).toString(2), "ff0.1");
assert.sameValue((1.005).toFixed(2) + (123.456).toPrecision(4) + (12345).toExponential(1), "1.00123.51.2e+4");
assert.throws(RangeError, () => (1).toFixed(101));
assert.throws(RangeError, () => (1).toString(1));
