/*---
description: then makes promises of the species, and builtins can be listed besides
flags: [async]
---*/
class P extends Promise {}
var p = new P((r) => r(1));
assert.sameValue(p.then() instanceof P, true);
assert.sameValue(P.resolve(1).constructor, P);
(async () => 1)().then((v) => {
  assert.sameValue(Reflect.ownKeys({}).length, 0);
  assert.sameValue(Object.getOwnPropertySymbols({}).length, 0);
}).then($DONE, $DONE);
