/*---
description: A builtin that was saved throws where its this is none of its kind
---*/
var saved = [
  BigInt.prototype.valueOf, Map.prototype.get, Date.prototype.getTime, RegExp.prototype.exec,
  Symbol.prototype.toString, Number.prototype.toFixed, Promise.prototype.then, Set.prototype.has,
  Object.getOwnPropertyDescriptor(Map.prototype, "size").get, ArrayBuffer.prototype.slice,
];
for (var f of saved) assert.throws(TypeError, () => f.call("other"), f.name);
assert.throws(TypeError, () => Object.getPrototypeOf(Int8Array).of.call(1));
assert.throws(TypeError, () => Object.getPrototypeOf(Int8Array).from.call({}, []));
