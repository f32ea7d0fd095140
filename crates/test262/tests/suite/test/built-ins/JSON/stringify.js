/*---
description: JSON is written with indentation, replacers and toJSON
---*/
var o = { a: [1, "x\u2028\ud800", undefined, () => 1], b: undefined, c: new Date(0), d: { toJSON: (k) => k } };
assert.sameValue(JSON.stringify(o), '{"a":[1,"x\u2028\\ud800",null,null],"c":"1970-01-01T00:00:00.000Z","d":"d"}');
assert.sameValue(JSON.stringify({ a: 1, b: [2] }, ["b"], "--"), '{\n--"b": [\n----2\n--]\n}');
assert.sameValue(JSON.stringify(NaN), "null");
assert.throws(TypeError, () => { var c = {}; c.c = c; JSON.stringify(c); });
assert.throws(TypeError, () => JSON.stringify(1n));
assert.sameValue(JSON.stringify(Object(1)) + JSON.stringify(Symbol()), "1undefined");
