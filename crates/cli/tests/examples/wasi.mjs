// Runs a module on Node's WASI: node wasi.mjs MODULE [EXPORT]
import { readFileSync } from "node:fs";
import { WASI } from "node:wasi";

const [path, name = "_start"] = process.argv.slice(2);
const wasi = new WASI({ version: "preview1", returnOnExit: true });
const module = new WebAssembly.Module(readFileSync(path));
const { exports } = new WebAssembly.Instance(module, wasi.getImportObject());
// `start` calls `_start` only, so the other exports go by its name.
process.exitCode = wasi.start({ exports: { memory: exports.memory, _start: exports[name] } });
