/*---
description: The variables and functions of a script are properties of the global object
flags: [noStrict]
---*/
var a = 1;
function f() {}
let b = 2;
assert.sameValue(globalThis.a, 1);
assert.sameValue(globalThis.f, f);
assert.sameValue("b" in globalThis, false);
assert.sameValue(delete globalThis.a, false);
implicit = 3;
assert.sameValue(globalThis.implicit, 3);
assert.sameValue(Object.getOwnPropertyDescriptor(globalThis, "implicit").configurable, true);
