// Looks at values without running the program's code where that can be. For `inspect.js` and `console.js`.
(function (native) {
  "use strict";
  const { classOf, proxyDetails, isNativeConstructor } = native;
  const { getPrototypeOf } = Object;
  const toText = String;

  // What `ownValue` gives for an accessor and where there is no property.
  const NONE = {};
  // A proxy can be an object's own prototype; no chain is followed further than this.
  const LONGEST_CHAIN = 1000;

  // A property that may be an accessor or a trap, and then may throw.
  function read(object, key) {
    try {
      return object[key];
    } catch {
      return undefined;
    }
  }

  // The innermost target of a proxy, `null` for a revoked one; any other object itself.
  function target(object) {
    while (classOf(object) === "Proxy") {
      const details = proxyDetails(object);
      if (details === null) return null;
      object = details[0];
    }
    return object;
  }

  function prototypeOf(object) {
    const prototype = getPrototypeOf(object);
    return prototype === null ? null : target(prototype);
  }

  function isInstance(value, prototype) {
    let steps = 0;
    for (let object = prototypeOf(value); object !== null && steps++ < LONGEST_CHAIN; object = prototypeOf(object))
      if (object === prototype) return true;
    return false;
  }

  // A text for a name or a message that need not be one.
  function text(value) {
    try {
      return toText(value);
    } catch {
      return "";
    }
  }

  function hasProperty(object, key) {
    try {
      return key in object;
    } catch {
      return false;
    }
  }

  // Constructors of the language that no global names.
  const nameless = { __proto__: null, TypedArray: 1, GeneratorFunction: 1, AsyncFunction: 1, AsyncGeneratorFunction: 1 };

  // Whether a constructor is one of the language's globals. The global itself may be left out of the module.
  function isBuiltin(constructor) {
    return isNativeConstructor(constructor) && !(read(constructor, "name") in nameless);
  }

  native.reflection = { NONE, LONGEST_CHAIN, read, text, hasProperty, target, prototypeOf, isInstance, isBuiltin };
});
