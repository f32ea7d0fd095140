/*---
description: Names of two modules that differ are left out of a namespace
flags: [module]
---*/
import * as ns from "./star_FIXTURE.js";
assert.sameValue(Object.keys(ns).join(), "own,up");
assert.sameValue(ns.own, "own");
