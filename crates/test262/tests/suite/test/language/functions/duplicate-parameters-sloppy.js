/*---
description: In sloppy functions the last parameter of a name has it
flags: [noStrict]
---*/
function f(a, a) { return a; }
assert.sameValue(f(1, 2), 2);
