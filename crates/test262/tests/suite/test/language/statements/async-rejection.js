/*---
description: A test that ends with a rejection has failed, and this one catches it
flags: [async]
---*/
async function f() { throw new RangeError("r"); }
f().then(
  () => { throw new Test262Error("not rejected"); },
  (e) => { assert.sameValue(e.message, "r"); },
).then($DONE, $DONE);
