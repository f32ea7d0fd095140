/*---
description: Private names belong to the class and to no other
---*/
class A {
  #x = 1;
  static #count = 0;
  get #y() { return this.#x * 2; }
  #m() { return this.#y + 1; }
  static make() { A.#count++; return new A(); }
  static has(o) { return #x in o; }
  m() { return this.#m(); }
  static read(o) { return o.#x; }
  static get count() { return A.#count; }
}
assert.sameValue(A.make().m(), 3);
assert.sameValue(A.count, 1);
assert.sameValue(A.has(new A()), true);
assert.sameValue(A.has({}), false);
assert.throws(TypeError, () => A.read({}));
