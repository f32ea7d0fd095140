/*---
description: A module can import itself, and export what is declared later
flags: [module]
---*/
import { f as g, late as early } from "./own-exports.js";
assert.sameValue(g(), 1);
assert.throws(ReferenceError, () => early);
export function f() { return 1; }
export let late = 2;
assert.sameValue(early, 2);
