/*---
description: Names can be written by escapes, and be those of other scripts
---*/
var \u0061b = 1, ünïcode = 2, \u{61}c = 3, 变量 = 4, $ = 5, _ = 6;
assert.sameValue(ab + ünïcode + ac + 变量 + $ + _, 21);
var o = { \u{63}lass: 1, if: 2 };
assert.sameValue(o.class + o.if, 3);
