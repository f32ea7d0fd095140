/*---
description: A line ends where the statement cannot go on, and always behind return
---*/
function f() {
  return
  1;
}
assert.sameValue(f(), undefined);
var a = 1
var b = a
++b
assert.sameValue(b, 2)
var i = 0
do i++; while (i < 3) assert.sameValue(i, 3)
