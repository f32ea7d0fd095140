/*---
description: A directive makes one function strict
flags: [noStrict]
---*/
function f() { "use strict"; return this; }
function g() { "use\u0020strict"; return this; }
function h() { "other"; 'use strict'; return this; }
assert.sameValue(f(), undefined);
assert.sameValue(g(), globalThis);
assert.sameValue(h(), undefined);
