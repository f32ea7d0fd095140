/*---
description: A generator that is returned from runs its finally blocks
---*/
var log = [];
function* g() {
  try { yield 1; yield 2; } finally { log.push("finally"); yield 3; }
}
var i = g();
assert.sameValue(i.next().value, 1);
var r = i.return(9);
assert.sameValue(r.value, 3);
assert.sameValue(r.done, false);
r = i.next();
assert.sameValue(r.value, 9);
assert.sameValue(r.done, true);
assert.compareArray(log, ["finally"]);
