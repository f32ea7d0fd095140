/*---
description: The methods of arrays visit what is there when they come to it
---*/
var log = [];
[1, , 3].forEach((x, i, a) => { log.push(i); a.push(9); });
assert.compareArray(log, [0, 2]);
assert.compareArray([3, 1, 2].map((x) => x * 2).filter((x) => x > 2), [6, 4]);
assert.sameValue([1, 2, 3].reduceRight((a, x) => a + "" + x), "321");
assert.throws(TypeError, () => [].reduce((a, b) => a));
assert.sameValue([1, [2, [3, [4]]]].flat(Infinity).length, 4);
assert.compareArray([1, 2].flatMap((x) => [x, x]), [1, 1, 2, 2]);
