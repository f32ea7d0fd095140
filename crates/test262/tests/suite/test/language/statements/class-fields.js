/*---
description: Fields are defined in order, with this, on each instance
---*/
var log = [];
class A {
  a = log.push("a");
  [(log.push("name"), "b")] = this.a;
  static s = log.push("static");
  c;
  static { log.push("block"); }
  ["constructor2"]() {}
}
assert.compareArray(log, ["name", "static", "block"]);
var a = new A();
assert.sameValue(a.a, 4);
assert.sameValue(a.b, 4);
assert.sameValue(Object.hasOwn(a, "c"), true);
