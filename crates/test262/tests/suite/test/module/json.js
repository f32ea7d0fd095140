/*---
description: A JSON module has a default export
flags: [module]
features: [import-attributes, json-modules]
---*/
import value from "./value_FIXTURE.json" with { type: "json" };
assert.sameValue(value.list[1], 2);
