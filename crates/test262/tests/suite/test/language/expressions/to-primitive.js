/*---
description: Objects become primitive by Symbol.toPrimitive, valueOf and toString
---*/
var o = { [Symbol.toPrimitive](hint) { return hint; } };
assert.sameValue(`${o}`, "string");
assert.sameValue(o + "", "default");
assert.sameValue(+{ valueOf() { return 7; } }, 7);
assert.sameValue(`${{ toString: () => "s", valueOf: () => 1 }}`, "s");
assert.throws(TypeError, () => +{ [Symbol.toPrimitive]() { return {}; } });
assert.throws(TypeError, () => +Object.create(null));
