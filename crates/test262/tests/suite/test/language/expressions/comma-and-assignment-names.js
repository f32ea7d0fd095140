/*---
description: Anonymous functions are named by what they are assigned to
---*/
var f = () => {}, g = function () {}, c = class {}, n = (0, () => {});
assert.compareArray([f.name, g.name, c.name, n.name], ["f", "g", "c", ""]);
var { d = () => {} } = {};
assert.sameValue(d.name, "d");
var o = { k: function () {}, [Symbol("s")]: () => {} };
assert.sameValue(o.k.name, "k");
assert.sameValue(o[Object.getOwnPropertySymbols(o)[0]].name, "[s]");
