/*---
description: Errors have messages, causes and kinds
---*/
var e = new TypeError("m", { cause: 1 });
assert.sameValue(String(e), "TypeError: m");
assert.sameValue(e.cause, 1);
assert.sameValue(Object.hasOwn(new Error(), "message"), false);
assert.sameValue(Object.keys(e).length, 0);
assert.sameValue(new AggregateError([1, 2], "a").errors.length, 2);
assert.sameValue(Error.isError(e) && !Error.isError({ __proto__: Error.prototype }), true);
assert.sameValue(Error("called") instanceof Error, true);
assert.sameValue(Error.prototype.toString.call({ name: "N", message: "" }), "N");
