/*---
description: Escapes, continued lines and characters beyond 16 bits
---*/
assert.sameValue("\x41\u0042\u{1F600}".length, 4);
assert.sameValue("a\
b", "ab");
assert.sameValue("\0\b\v\q", String.fromCharCode(0, 8, 11) + "q");
assert.sameValue([..."\u{1F600}"].length, 1);
assert.sameValue("\u2028".length, 1);
