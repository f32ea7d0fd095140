/*---
description: Symbols are unique, or registered by a text
---*/
assert.sameValue(Symbol("a") === Symbol("a"), false);
assert.sameValue(Symbol.for("a"), Symbol.for("a"));
assert.sameValue(Symbol.keyFor(Symbol.for("k")), "k");
assert.sameValue(Symbol("d").description, "d");
assert.sameValue(String(Symbol("t")), "Symbol(t)");
assert.throws(TypeError, () => new Symbol());
assert.throws(TypeError, () => `${Symbol()}`);
