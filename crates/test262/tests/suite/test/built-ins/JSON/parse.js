/*---
description: JSON is read strictly, and revived
---*/
assert.sameValue(JSON.parse(' {"a":[1,{"b":null}]} ').a[1].b, null);
for (var text of ["{a:1}", "[1,]", "01", "'a'", "", "\"\n\"", "nul"]) {
  assert.throws(SyntaxError, () => JSON.parse(text), text);
}
assert.sameValue(JSON.parse('{"a":1,"b":2}', (k, v) => (k === "a" ? undefined : v)).a, undefined);
assert.sameValue(JSON.parse('{"__proto__":1}').__proto__, 1);
assert.sameValue(JSON.parse('"\\ud800"').length, 1);
