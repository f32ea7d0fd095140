/*---
description: A proxy of a function is called and constructs
---*/
var p = new Proxy(function () {}, { apply: (f, t, a) => a.length, construct: (f, a) => ({ n: a[0] }) });
assert.sameValue(p(1, 2), 2);
assert.sameValue(new p(7).n, 7);
var { proxy, revoke } = Proxy.revocable({}, {});
revoke();
assert.throws(TypeError, () => proxy.x);
assert.sameValue(typeof proxy, "object");
