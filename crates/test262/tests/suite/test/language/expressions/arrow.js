/*---
description: Arrow functions have no this, arguments or prototype of their own
---*/
function f() { return [() => this, () => arguments[0], () => new.target]; }
var fs = f.call(fs = { o: 1 }, "a");
assert.sameValue(fs[0].call(1).o, 1);
assert.sameValue(fs[1]("b"), "a");
assert.sameValue(fs[2](), undefined);
assert.throws(TypeError, () => new fs[0]());
assert.sameValue((() => ({}))().constructor, Object);
assert.sameValue(Object.hasOwn(() => 1, "prototype"), false);
