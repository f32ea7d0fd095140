/*---
description: Dates are taken apart and put together
---*/
var d = new Date(Date.UTC(2024, 1, 29, 12, 30, 15, 250));
assert.sameValue(d.toISOString(), "2024-02-29T12:30:15.250Z");
d.setUTCFullYear(2025);
assert.sameValue(d.getUTCMonth() * 100 + d.getUTCDate(), 201);
assert.sameValue(JSON.stringify({ d: new Date(0) }), '{"d":"1970-01-01T00:00:00.000Z"}');
assert.sameValue(Date.parse("2024-02-30x"), NaN);
assert.throws(RangeError, () => new Date(NaN).toISOString());
assert.sameValue(new Date(2024, 0).getFullYear(), 2024);
assert.sameValue(typeof Date.now(), "number");
