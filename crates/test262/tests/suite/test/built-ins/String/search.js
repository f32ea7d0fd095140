/*---
description: Texts are searched and cut
---*/
assert.sameValue("abcabc".lastIndexOf("c", 4), 2);
assert.sameValue("abc".at(-1) + "abc".slice(-2, -1) + "abc".substring(2, 1), "cbb");
assert.sameValue("a-b-c".split("-", 2).join(), "a,b");
assert.sameValue("abc".split("").length, 3);
assert.sameValue("x".padStart(3, "ab") + "x".padEnd(3), "abxx  ");
assert.sameValue("\t a \u00a0".trim(), "a");
assert.throws(TypeError, () => "a".startsWith(/a/));
assert.throws(RangeError, () => "a".repeat(-1));
