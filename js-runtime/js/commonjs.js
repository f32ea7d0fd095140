// CommonJS modules: a record for each, which is made, with all that it can require, before any of them runs, while there
// is a compiler. Records hang on the `require` of the modules that use them: what no function can require any more is
// freed before the snapshot.
(function (native) {
  "use strict";
  const { compileCommonjs, requiresOf, requireModule } = native;
  const { call } = native.builtins;
  // A program that does not name it has none.
  const NotFound = Error;

  let records = { __proto__: null };
  let main;

  // The record of the module `name`, and of every module that it reaches.
  const recordOf = (name) => {
    if (name in records) return records[name];
    const queue = [newRecord(name)];
    for (let index = 0; index < queue.length; index++) {
      const { name, factory, requires } = queue[index];
      if (factory === undefined) continue;
      // Specifiers and what they mean, in turn.
      const pairs = requiresOf(name);
      for (let at = 0; at < pairs.length; at += 2) {
        const target = pairs[at + 1];
        if (!(target in records)) queue[queue.length] = newRecord(target);
        requires[pairs[at]] = records[target];
      }
    }
    return queue[0];
  };

  // The factory of an ECMAScript module is undefined, and JSON is a module that has been loaded.
  const newRecord = (name) => {
    let compiled;
    try {
      compiled = compileCommonjs(name);
    } catch (error) {
      // One that does not compile throws each time that it is required.
      compiled = () => {
        throw error;
      };
    }
    const isFactory = typeof compiled === "function";
    const record = {
      name,
      factory: isFactory ? compiled : undefined,
      requires: { __proto__: null },
      module: isFactory ? undefined : compiled,
    };
    records[name] = record;
    return record;
  };

  const load = (record) => {
    if (record.module !== undefined) return record.module.exports;
    const { name, factory, requires } = record;
    if (factory === undefined) {
      record.module = { exports: requireModule(name) };
      return record.module.exports;
    }
    const filename = "/" + name;
    let end = filename.length - 1;
    while (end > 1 && filename[end] !== "/") end--;
    let directory = "";
    for (let index = 0; index < end; index++) directory += filename[index];
    const module = { id: filename, path: directory, exports: {}, filename, loaded: false, children: [], paths: [] };
    if (main === undefined) main = module;
    record.module = module;
    let threw = true;
    try {
      call(factory, module.exports, module.exports, requireFrom(name, requires), module, filename, directory);
      threw = false;
    } finally {
      if (threw) record.module = undefined;
    }
    module.loaded = true;
    record.factory = undefined;
    return module.exports;
  };

  const requireFrom = (name, requires) => {
    const find = (specifier) => {
      const record = requires[specifier];
      if (record !== undefined) return record;
      const error = new NotFound(
        "cannot find module '" + specifier + "' from " + name + ": it was not found at build time, or its name is computed",
      );
      error.code = "MODULE_NOT_FOUND";
      throw error;
    };
    const require = (specifier) => load(find("" + specifier));
    require.resolve = (specifier) => "/" + find("" + specifier).name;
    require.cache = { __proto__: null };
    require.main = main;
    return require;
  };

  native.requireByName = (name) => load(recordOf(name));
  // Those that stay can be loaded while the program runs.
  native.forgetModules = (names) => {
    const kept = { __proto__: null };
    for (let index = 0; index < names.length; index++) kept[names[index]] = recordOf(names[index]);
    records = kept;
  };
});
