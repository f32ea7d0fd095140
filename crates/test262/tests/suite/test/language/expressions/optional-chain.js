/*---
description: A chain ends where there is nothing to go on with
---*/
var calls = 0;
var o = { f() { return this.v; }, v: 1, n: null };
assert.sameValue(o?.f(), 1);
assert.sameValue(o.n?.x.y.z(calls++), undefined);
assert.sameValue(calls, 0);
assert.sameValue((o?.f)(), 1);
assert.sameValue(delete o?.v, true);
assert.sameValue(o.none?.(), undefined);
assert.throws(TypeError, () => o?.v.x);
