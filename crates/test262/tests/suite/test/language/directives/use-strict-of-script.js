/*---
description: A directive makes the script strict
flags: [noStrict]
---*/
"use strict";
assert.sameValue((function () { return this; })(), undefined);
