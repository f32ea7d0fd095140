/*---
description: Each iteration has variables of its own
---*/
var fs = [];
for (let i = 0; i < 3; fs.push(() => i), i++);
assert.compareArray(fs.map((f) => f()), [1, 2, 3]);
fs = [];
for (let i = 0; i < 3; i++) fs.push(() => i);
assert.compareArray(fs.map((f) => f()), [0, 1, 2]);
