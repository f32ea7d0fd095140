/*---
description: Kinds of functions have prototypes of their own
---*/
var G = Object.getPrototypeOf(function* () {}).constructor;
assert.sameValue(G.name, "GeneratorFunction");
assert.sameValue(Object.getPrototypeOf(async () => {})[Symbol.toStringTag], "AsyncFunction");
assert.sameValue(function* () {}.prototype.__proto__, Object.getPrototypeOf(function* () {}).prototype);
assert.throws(TypeError, () => new (function* () {})());
assert.sameValue(Object.hasOwn(async function () {}, "prototype"), false);
