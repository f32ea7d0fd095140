/*---
description: Tagged templates get the same strings object each time, cooked and raw
---*/
function tag(strings, ...values) { return [strings, values]; }
function f(x) { return tag`a\n${x}\u{62}`; }
var [s, v] = f(1);
assert.sameValue(s, f(2)[0]);
assert.compareArray([...s], ["a\n", "b"]);
assert.compareArray([...s.raw], ["a\\n", "\\u{62}"]);
assert.compareArray(v, [1]);
assert.sameValue(tag`\unicode`[0][0], undefined);
assert.sameValue(Object.isFrozen(s), true);
