/*---
description: Array.fromAsync waits for each element
flags: [async]
---*/
(async function () {
  assert.compareArray(await Array.fromAsync([1, Promise.resolve(2)], async (x) => x * 2), [2, 4]);
  async function* g() { yield 1; yield 2; }
  assert.compareArray(await Array.fromAsync(g()), [1, 2]);
})().then($DONE, $DONE);
