/*---
description: Maps and sets keep the order of insertion, also while they are walked
---*/
var m = new Map([[NaN, 1], [0, 2]]);
m.set(NaN, 3).set(-0, 4).set("x", 5);
assert.compareArray([...m.values()], [3, 4, 5]);
var seen = [];
for (var [k] of m) { seen.push(k); m.delete("x"); if (seen.length < 4) m.set("n" + seen.length, 1); }
assert.compareArray(seen, [NaN, 0, "n1", "n2", "n3"]);
m.clear();
assert.sameValue(m.size, 0);
