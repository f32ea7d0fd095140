/*---
description: Replacements know what was found, and can be computed
---*/
assert.sameValue("aXbX".replace("X", "[$&$`$']"), "a[XabX]bX");
assert.sameValue("aXbX".replaceAll("X", (m, i) => i), "a1b3");
assert.sameValue("2026-11-28".replace(/(?<y>\d+)-(\d+)/, "$2/$<y>"), "11/2026-28");
assert.sameValue("abc".replace(/b/g, (m, i, s) => s.length + i), "a4c");
assert.throws(TypeError, () => "a".replaceAll(/a/, ""));
