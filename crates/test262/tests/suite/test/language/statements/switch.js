/*---
description: Cases are tried in order, the default last, and fall through
---*/
function f(value) {
  var log = "";
  switch (value) {
    case 1: log += "1";
    default: log += "d";
    case 2: log += "2"; break;
    case 3: log += "3";
  }
  return log;
}
assert.sameValue(f(1), "1d2");
assert.sameValue(f(2), "2");
assert.sameValue(f(3), "3");
assert.sameValue(f("1"), "d2");
