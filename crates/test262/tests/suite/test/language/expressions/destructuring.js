/*---
description: Patterns take elements and properties, with defaults and rests
---*/
var log = [];
var { a, b: { c = log.push("c"), ...rest } = {}, ["d" + 1]: d = "D" } = { a: 1, b: { c: 2, x: 3, y: 4 } };
assert.sameValue(a + c, 3);
assert.sameValue(Object.keys(rest).join(), "x,y");
assert.sameValue(d, "D");
var [e, , f = 3, ...g] = "abcdef";
assert.compareArray([e, f, g.join("")], ["a", "c", "def"]);
[e, f] = [f, e];
assert.compareArray([e, f], ["c", "a"]);
assert.throws(TypeError, () => { var {} = null; });
assert.throws(TypeError, () => { var [] = {}; });
assert.compareArray(log, []);
