/*---
description: Texts ask patterns to match, replace, search and split
---*/
var pattern = {
  [Symbol.match]: (s) => "m" + s, [Symbol.replace]: (s, r) => s + r,
  [Symbol.search]: () => 7, [Symbol.split]: (s) => [s],
};
assert.sameValue("a".match(pattern) + "a".replace(pattern, "b") + "a".search(pattern) + "a".split(pattern)[0], "maab7a");
assert.compareArray([..."a1b2".matchAll(/[a-z](\d)/g)].map((m) => m[1]), ["1", "2"]);
assert.compareArray("a1b2".split(/(\d)/), ["a", "1", "b", "2", ""]);
