/*---
description: A namespace is an object without a prototype, with a tag
flags: [module]
---*/
import * as ns from "./exports_FIXTURE.js";
assert.sameValue(Object.getPrototypeOf(ns), null);
assert.sameValue(ns[Symbol.toStringTag], "Module");
assert.sameValue(Object.isExtensible(ns), false);
assert.sameValue(Reflect.has(ns, "none"), false);
assert.sameValue(Reflect.set(ns, "count", 1), false);
