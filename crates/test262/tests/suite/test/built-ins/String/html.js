/*---
description: The old methods that make HTML
---*/
assert.sameValue("a".bold(), "<b>a</b>");
assert.sameValue("a".link('"'), '<a href="&quot;">a</a>');
assert.sameValue("a".fontsize(7), '<font size="7">a</font>');
assert.sameValue("abc".substr(-2, 1), "b");
assert.sameValue(escape("ü ") + unescape("%u0041"), "%FC%20A");
