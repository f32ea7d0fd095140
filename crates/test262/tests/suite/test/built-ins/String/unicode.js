/*---
description: Texts are of 16-bit units, iterated by characters
---*/
var s = "a\u{1F600}\ud800";
assert.sameValue(s.length, 4);
assert.sameValue([...s].length, 3);
assert.sameValue(s.codePointAt(1), 0x1f600);
assert.sameValue(s.isWellFormed(), false);
assert.sameValue(s.toWellFormed().endsWith("\ufffd"), true);
assert.sameValue("\u0041\u030a".normalize("NFC"), "\u00c5");
assert.sameValue("\u00df".toUpperCase() + "\u0130".toLowerCase().length, "SS2");
assert.sameValue(String.fromCodePoint(0x1f600, 97).length, 3);
