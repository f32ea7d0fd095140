/*---
description: typeof knows eight kinds of values, and names that there are not
---*/
var kinds = [undefined, null, true, 1, "a", Symbol(), 1n, {}, function () {}, class {}].map((v) => typeof v);
assert.sameValue(kinds.join(), "undefined,object,boolean,number,string,symbol,bigint,object,function,function");
assert.sameValue(typeof undeclared, "undefined");
