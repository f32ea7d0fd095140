/*---
description: Any text can be the name of a property
---*/
var count = {};
for (var w of ["constructor", "toString", "valueOf", "constructor", "__proto__x", "hasOwnProperty"]) {
  count[w] = Object.hasOwn(count, w) ? count[w] + 1 : 1;
}
assert.sameValue(count.constructor, 2);
assert.sameValue(count.toString, 1);
assert.sameValue(Object.keys(count).length, 5);
