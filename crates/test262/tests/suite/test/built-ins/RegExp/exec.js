/*---
description: Matches have groups, an index, and a place to go on from
---*/
var r = /(?<year>\d{4})(-)?/gd;
var m = r.exec("in 2026-");
assert.sameValue(m.index, 3);
assert.sameValue(m.groups.year, "2026");
assert.compareArray(m.indices[2], [7, 8]);
assert.sameValue(r.lastIndex, 8);
assert.sameValue(r.exec("in 2026-"), null);
assert.sameValue(r.lastIndex, 0);
assert.sameValue(/a/y.test("ba"), false);
