/*---
description: Lookaround, classes of characters, back references and flags
---*/
assert.sameValue("$42 €43".match(/(?<=€)\d+/)[0], "43");
assert.sameValue(/^\p{Lu}\P{Lu}$/u.test("Äb"), true);
assert.sameValue(/(.)\1/s.test("\n\n"), true);
assert.sameValue(/[\p{L}--[a-z]]/v.test("a"), false);
assert.sameValue(/^.$/u.test("\u{1F600}"), true);
assert.sameValue(/\bé/iu.test("É"), false);
assert.sameValue("aBc".replace(/b/i, "x"), "axc");
assert.sameValue(/a{2,3}?/.exec("aaa")[0], "aa");
