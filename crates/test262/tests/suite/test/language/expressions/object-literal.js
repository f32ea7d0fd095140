/*---
description: Object literals define accessors, methods, computed names and prototypes
---*/
var proto = { p: 1, m() { return "m"; } };
var o = {
  __proto__: proto,
  get g() { return 2; },
  ["c" + 1]: 3,
  m() { return super.m() + "!"; },
  async a() {}, *gen() { yield 4; }, 5: 6, "quoted name": 7,
};
assert.sameValue(o.p + o.g + o.c1, 6);
assert.sameValue(o.m(), "m!");
assert.sameValue([...o.gen()][0], 4);
assert.compareArray(Object.keys(o), ["5", "g", "c1", "m", "a", "gen", "quoted name"]);
assert.sameValue({ __proto__: null } instanceof Object, false);
assert.sameValue(({ "__proto__"() {} }).__proto__.name, "__proto__");
