/*---
description: A completion of the finally block replaces that of the try block
---*/
function f() { try { return 1; } finally { return 2; } }
function g() { try { throw 1; } catch (e) { return e + 1; } finally { log.push("g"); } }
function h() { for (;;) { try { return 1; } finally { break; } } return 3; }
var log = [];
assert.sameValue(f(), 2);
assert.sameValue(g(), 2);
assert.sameValue(h(), 3);
assert.compareArray(log, ["g"]);
