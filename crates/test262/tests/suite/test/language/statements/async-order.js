/*---
description: Jobs run in the order in which they were queued
flags: [async]
---*/
var log = [];
async function f() { log.push(1); await null; log.push(4); }
f().then(() => log.push(6));
Promise.resolve().then(() => log.push(5)).then(() => {
  log.push(7);
});
log.push(2);
queueLast().then(() => {
  assert.compareArray(log, [1, 2, 3, 4, 5, 6, 7]);
}).then($DONE, $DONE);
async function queueLast() { log.push(3); for (var i = 0; i < 5; i++) await i; }
