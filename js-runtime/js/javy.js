// The API of Javy, so that programs written for it compile as they are.
(function (native) {
  "use strict";
  const { readSync, writeSync, readAll, print } = native;
  const { parse, stringify } = JSON;

  const Javy = {
    IO: { readSync, writeSync },
    JSON: {
      fromStdin: () => parse(readAll()),
      toStdout: (value) => {
        print(2, stringify(value));
      },
    },
  };
  // The tags are their paths, as `--keep` takes them.
  const tag = (object, value) => Object.defineProperty(object, Symbol.toStringTag, { value, configurable: true });
  tag(Javy, "Javy");
  tag(Javy.IO, "Javy.IO");
  tag(Javy.JSON, "Javy.JSON");
  if (globalThis.performance) tag(performance, "performance");
  Object.defineProperty(globalThis, "Javy", { value: Javy, writable: true, configurable: true, enumerable: false });
});
