/*---
description: Regular expressions are made of texts, and damaged ones are errors
---*/
assert.sameValue(new RegExp("a" + "+", "g").flags, "g");
assert.sameValue(String(new RegExp("/")), "/\\//");
assert.throws(SyntaxError, () => new RegExp("["));
assert.throws(SyntaxError, () => new RegExp("a", "gg"));
assert.sameValue(RegExp(/x/g, "i").flags, "i");
assert.sameValue(RegExp.escape("a.b"), "\\x61\\.b");
