/*---
description: yield* hands values, errors and returns on
---*/
function* inner() {
  try { var got = yield 1; yield got * 2; } catch (e) { yield e; }
  return "r";
}
function* outer() { var r = yield* inner(); yield r; }
var i = outer();
i.next();
assert.sameValue(i.next(5).value, 10);
assert.sameValue(i.throw("e").value, "e");
assert.sameValue(i.next().value, "r");
assert.sameValue(i.next().done, true);
