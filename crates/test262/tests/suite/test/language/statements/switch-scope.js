/*---
description: The cases of a switch share one scope, in which names can be read too early
---*/
switch (0) {
  case 0:
    assert.throws(ReferenceError, function () { late; });
    let late = 1;
  case 1:
    assert.sameValue(late, 1);
}
