/*---
description: new.target is the constructor that was called
---*/
function F() { return { target: new.target }; }
class A { constructor() { this.target = new.target; } }
class B extends A {}
assert.sameValue(new F().target, F);
assert.sameValue(F().target, undefined);
assert.sameValue(new B().target, B);
assert.sameValue(Reflect.construct(F, [], B).target, B);
