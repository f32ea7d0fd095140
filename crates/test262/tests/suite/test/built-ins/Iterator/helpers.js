/*---
description: Iterators are mapped, filtered and cut without making lists
---*/
function* naturals() { for (var i = 0; ; i++) yield i; }
var list = naturals().filter((x) => x % 2).map((x) => x * x).drop(1).take(3).toArray();
assert.compareArray(list, [9, 25, 49]);
assert.sameValue(Iterator.from({ next: () => ({ done: true }) }) instanceof Iterator, true);
assert.sameValue(naturals().some((x) => x > 5), true);
assert.sameValue([1, 2].values().flatMap((x) => [x, x]).reduce((a, b) => a + b), 6);
assert.throws(RangeError, () => naturals().take(-1));
