/*---
description: Old patterns are taken without the flag u
---*/
assert.sameValue(/\1(a)/.test("a"), true);
assert.sameValue(/[\w-a]/.test("-"), true);
assert.sameValue(/a{,2}/.test("a{,2}"), true);
assert.sameValue(/\c/.test("\\c"), true);
assert.throws(SyntaxError, () => new RegExp("a{,2}", "u"));
