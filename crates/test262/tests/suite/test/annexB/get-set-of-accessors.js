/*---
description: The old methods for accessors
---*/
var o = {};
o.__defineGetter__("x", () => 1);
o.__defineSetter__("x", function (v) { this.y = v; });
o.x = 2;
assert.sameValue(o.x + o.y, 3);
assert.sameValue(o.__lookupGetter__("x")(), 1);
