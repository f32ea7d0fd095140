/*---
description: The length follows the elements, and the elements the length
---*/
var a = [];
a[4] = 1;
assert.sameValue(a.length, 5);
a.length = 2;
assert.sameValue(a.length, 2);
assert.sameValue(4 in a, false);
assert.throws(RangeError, () => { a.length = -1; });
assert.throws(RangeError, () => new Array(1.5));
assert.sameValue(Array.from({ length: 3 }, (_, i) => i * i).join(), "0,1,4");
assert.sameValue(Array.isArray(new Proxy([], {})), true);
