/*---
description: Scripts have comments that look like HTML
flags: [noStrict]
---*/
var x = 1;
<!-- x = 2;
x++ <!-- x = 3;
--> x = 4;
assert.sameValue(x, 2);
