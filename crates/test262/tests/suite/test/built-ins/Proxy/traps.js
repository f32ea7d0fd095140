/*---
description: Proxies answer for their targets, within what the target promises
---*/
var log = [];
var p = new Proxy({ a: 1 }, {
  get(t, k, r) { log.push("get " + String(k)); return Reflect.get(t, k, r); },
  has(t, k) { log.push("has " + k); return k === "virtual"; },
  ownKeys() { return ["x", "a"]; },
  getOwnPropertyDescriptor(t, k) { return { value: k, enumerable: k === "x", configurable: true }; },
  deleteProperty() { return false; },
});
assert.sameValue(p.a, 1);
assert.sameValue("virtual" in p, true);
assert.compareArray(Object.keys(p), ["x"]);
assert.sameValue(Reflect.deleteProperty(p, "a"), false);
assert.compareArray(log, ["get a", "has virtual"]);
var frozen = new Proxy(Object.freeze({ a: 1 }), { get: () => 2 });
assert.throws(TypeError, () => frozen.a);
