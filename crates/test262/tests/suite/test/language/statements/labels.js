/*---
description: break and continue leave the labelled statement
---*/
var count = 0;
outer: for (var i = 0; i < 5; i++) {
  for (var j = 0; j < 5; j++) {
    if (j === 3) continue outer;
    if (i === 3) break outer;
    count++;
  }
}
assert.sameValue(count, 9);
block: {
  count = 0;
  break block;
  count = 1;
}
assert.sameValue(count, 0);
