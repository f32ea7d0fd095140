/*---
description: In sloppy code the function of a block is a variable of its function, too
flags: [noStrict]
---*/
assert.sameValue(f, undefined);
{
  assert.sameValue(f(), 1);
  function f() { return 1; }
}
assert.sameValue(f(), 1);
