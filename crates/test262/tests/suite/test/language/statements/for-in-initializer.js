/*---
description: In sloppy code a variable of for-in can have an initializer
flags: [noStrict]
---*/
for (var a = 1 in {});
assert.sameValue(a, 1);
