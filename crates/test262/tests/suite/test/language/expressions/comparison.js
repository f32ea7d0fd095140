/*---
description: Equality with conversion, and order
---*/
assert.sameValue(null == undefined, true);
assert.sameValue(null == 0, false);
assert.sameValue("1" == 1n, true);
assert.sameValue([1] == "1", true);
assert.sameValue(NaN != NaN, true);
assert.sameValue("b" > "a", true);
assert.sameValue("10" < "9", true);
assert.sameValue("10" < 9, false);
assert.sameValue(undefined >= undefined, false);
assert.sameValue(1n < 1.5, true);
