/*---
description: Own names come as numbers, texts and symbols, each in their order
---*/
var s = Symbol("s");
var o = { b: 1, [s]: 2, 10: 3, a: 4, 9: 5 };
assert.compareArray(Reflect.ownKeys(o), ["9", "10", "b", "a", s]);
assert.compareArray(Object.keys("ab"), ["0", "1"]);
assert.sameValue(JSON.stringify(Object.entries(o)), '[["9",5],["10",3],["b",1],["a",4]]');
assert.sameValue(Object.fromEntries(new Map([["x", 1]])).x, 1);
assert.compareArray(Object.getOwnPropertySymbols(o), [s]);
