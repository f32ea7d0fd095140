/*---
description: with puts an object in front of the scope, but for what it declares unscopable
flags: [noStrict]
---*/
var x = 1;
var object = { x: 2, y: 3, [Symbol.unscopables]: { y: true } };
var y = 4;
with (object) {
  assert.sameValue(x, 2);
  assert.sameValue(y, 4);
  x = 5;
  var z = 6;
}
assert.sameValue(object.x, 5);
assert.sameValue(x, 1);
assert.sameValue(z, 6);
