/*---
description: The old methods for years
---*/
var d = new Date(1999, 5, 1);
assert.sameValue(d.getYear(), 99);
d.setYear(70);
assert.sameValue(d.getFullYear(), 1970);
assert.sameValue(Date.prototype.toGMTString, Date.prototype.toUTCString);
