/*---
description: Variables and functions exist from the beginning of their function
---*/
function f() {
  assert.sameValue(typeof g, "function");
  assert.sameValue(v, undefined);
  if (false) { var v = 1; }
  v = 2;
  return v;
  function g() {}
}
assert.sameValue(f(), 2);
