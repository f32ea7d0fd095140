/*---
description: The constructor knows the parts of the last match
---*/
/(b)(c)/.exec("abcd");
assert.sameValue(RegExp.$1 + RegExp.$2, "bc");
assert.sameValue(RegExp.lastMatch, "bc");
assert.sameValue(RegExp.leftContext + RegExp.rightContext, "ad");
