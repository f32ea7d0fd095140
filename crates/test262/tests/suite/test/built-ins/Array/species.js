/*---
description: Methods that make arrays ask the constructor for its species
---*/
class A extends Array { static get [Symbol.species]() { return Array; } }
var a = A.of(1, 2);
assert.sameValue(a.map((x) => x) instanceof A, false);
assert.sameValue(a.slice().constructor, Array);
var b = [1];
b.constructor = { [Symbol.species]: function (n) { this.n = n; } };
assert.sameValue(b.map((x) => x).n, 1);
