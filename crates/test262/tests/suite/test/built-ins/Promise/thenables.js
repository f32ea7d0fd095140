/*---
description: A thenable is asked for its value in a job of its own, once
flags: [async]
---*/
var log = [];
var thenable = { then(resolve, reject) { log.push("then"); resolve("value"); reject("no"); } };
var p = Promise.resolve(thenable).then((v) => log.push(v));
log.push("sync");
p.finally(() => "ignored").then((v) => {
  assert.sameValue(v, 3);
  assert.compareArray(log, ["sync", "then", "value"]);
}).then($DONE, $DONE);
