/*---
description: A derived class has this after super, and the methods of its parent
---*/
class A {
  constructor(a) { this.a = a; }
  m() { return "A" + this.a; }
  static s() { return "s" + this.name; }
}
class B extends A {
  constructor() { super(1); }
  m() { return super.m() + "B"; }
}
assert.sameValue(new B().m(), "A1B");
assert.sameValue(B.s(), "sB");
assert.throws(ReferenceError, () => new (class extends A { constructor() { this.a; super(); } })());
assert.throws(TypeError, () => B());
assert.sameValue(Object.getPrototypeOf(B), A);
