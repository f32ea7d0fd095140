/*---
description: includes finds NaN, indexOf does not
---*/
assert.sameValue([NaN].includes(NaN), true);
assert.sameValue([NaN].indexOf(NaN), -1);
assert.sameValue([, 1].includes(undefined), true);
assert.sameValue([1, 2, 3].findLast((x) => x < 3), 2);
assert.sameValue([1, 2].at(-1), 2);
assert.sameValue([5, 6].findIndex((x) => x === 7), -1);
