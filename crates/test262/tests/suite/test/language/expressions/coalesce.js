/*---
description: Only null and undefined are replaced, and only then is the other side evaluated
---*/
var calls = 0;
assert.sameValue(0 ?? calls++, 0);
assert.sameValue(null ?? "d", "d");
var o = { a: null, b: 0, c: 1 };
o.a ??= 1; o.b ||= 2; o.c &&= 3; o.d ??= 4;
assert.compareArray([o.a, o.b, o.c, o.d, calls], [1, 2, 3, 4, 0]);
Object.freeze(o);
o.a ??= 9;
