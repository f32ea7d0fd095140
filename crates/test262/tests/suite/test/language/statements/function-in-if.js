/*---
description: In sloppy code a function can be the body of an if statement
flags: [noStrict]
---*/
if (true) function f() { return 1; }
else function f() { return 2; }
assert.sameValue(f(), 1);
