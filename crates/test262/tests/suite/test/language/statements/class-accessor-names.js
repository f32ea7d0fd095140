/*---
description: Methods have names and are not enumerable
---*/
class A {
  get x() { return 1; }
  set x(v) {}
  static ["a" + "b"]() {}
  [Symbol.iterator]() {}
}
var d = Object.getOwnPropertyDescriptor(A.prototype, "x");
assert.sameValue(d.get.name, "get x");
assert.sameValue(d.set.name, "set x");
assert.sameValue(d.enumerable, false);
assert.sameValue(A.ab.name, "ab");
assert.sameValue(A.prototype[Symbol.iterator].name, "[Symbol.iterator]");
