/*---
description: Functions are made of texts
---*/
assert.sameValue(new Function("a", "b", "return a + b")(1, 2), 3);
assert.sameValue(Function("return typeof x")(), "undefined");
assert.throws(SyntaxError, () => Function("}{"));
