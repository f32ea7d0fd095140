/*---
description: for await takes promises of an iterator that is none of promises
flags: [async]
---*/
(async function () {
  var sum = 0;
  for await (var x of [Promise.resolve(1), 2, new Promise((r) => r(3))]) sum += x;
  assert.sameValue(sum, 6);
  await assert.throwsAsync(RangeError, async () => {
    for await (var x of [Promise.reject(new RangeError())]);
  });
})().then($DONE, $DONE);
