/*---
description: in looks at all the chain, instanceof asks the class
---*/
assert.sameValue("toString" in {}, true);
assert.throws(TypeError, () => "a" in "abc");
class Even { static [Symbol.hasInstance](n) { return n % 2 === 0; } }
assert.sameValue(2 instanceof Even, true);
assert.sameValue(Object.create(Array.prototype) instanceof Array, true);
assert.throws(TypeError, () => ({}) instanceof {});
assert.sameValue(new (function () {}.bind())() instanceof Object, true);
