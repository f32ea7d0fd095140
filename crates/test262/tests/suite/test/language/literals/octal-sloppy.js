/*---
description: Old octal numbers and escapes are sloppy code's
flags: [noStrict]
---*/
assert.sameValue(010, 8);
assert.sameValue(09, 9);
assert.sameValue("\101", "A");
