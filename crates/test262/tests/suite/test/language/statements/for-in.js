/*---
description: Enumerable names are visited once, numbers first, inherited ones last
---*/
var base = { z: 1, b: 2 };
var object = Object.create(base, { hidden: { value: 1 }, b: { value: 1, enumerable: true } });
object[2] = object[1] = object.a = 0;
var names = [];
for (var name in object) names.push(name);
assert.compareArray(names, ["1", "2", "b", "a", "z"]);
for (var none in null) names.push(none);
assert.sameValue(names.length, 5);
