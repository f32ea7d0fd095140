/*---
description: Promises are combined in four ways
flags: [async]
---*/
(async function () {
  assert.compareArray(await Promise.all([1, Promise.resolve(2)]), [1, 2]);
  assert.sameValue(await Promise.race([new Promise(() => {}), 3]), 3);
  assert.sameValue(await Promise.any([Promise.reject(1), 4]), 4);
  var settled = await Promise.allSettled([1, Promise.reject(2)]);
  assert.sameValue(settled.map((s) => s.status).join(), "fulfilled,rejected");
  await assert.throwsAsync(AggregateError, () => Promise.any([Promise.reject(1)]));
  var { promise, resolve } = Promise.withResolvers();
  resolve(5);
  assert.sameValue(await promise, 5);
  await assert.throwsAsync(RangeError, () => Promise.try(() => { throw new RangeError(); }));
})().then($DONE, $DONE);
