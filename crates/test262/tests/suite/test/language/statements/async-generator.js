/*---
description: The requests of an asynchronous generator are answered in order
flags: [async]
---*/
var log = [];
async function* g() { try { yield 1; yield Promise.resolve(2); } finally { log.push("f"); } }
var i = g();
Promise.all([i.next(), i.next(), i.return(3), i.next()]).then((all) => {
  assert.compareArray(all.map((r) => r.value), [1, 2, 3, undefined]);
  assert.compareArray(all.map((r) => r.done), [false, false, true, true]);
  assert.compareArray(log, ["f"]);
}).then($DONE, $DONE);
