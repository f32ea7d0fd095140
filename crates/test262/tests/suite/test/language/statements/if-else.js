/*---
description: The branch is chosen by the truth of the condition
---*/
var log = [];
for (var value of [0, 1, "", "0", null, undefined, NaN, [], -0, 0n, 1n]) {
  if (value) log.push("t");
  else log.push("f");
}
assert.compareArray(log, "ftftffftfft".split(""));
