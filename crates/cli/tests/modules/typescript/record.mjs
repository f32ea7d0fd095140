// Writes behind each program of the files beside this one what it prints when TypeScript's own compiler has compiled it
// and Node runs it:
//
//     node crates/cli/tests/modules/typescript/record.mjs [FILE.txt…]
//
// TypeScript is that of `tests/packages`. A program is text from `=== NAME` to `---`; lines `// @option: value` at its
// start are options of its `tsconfig.json`, and `// @filename: NAME` begins another file, as in TypeScript's own tests.

import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";

const here = import.meta.dirname;
const packages = path.join(here, "../../../../../tests/packages/package.json");
const ts = createRequire(packages)("typescript");

// What Node 20 runs; jsc leaves what it compiles to the engine, which knows more.
const defaults = {
  target: "es2022", module: "commonjs", moduleResolution: "node10", esModuleInterop: true, allowJs: true, skipLibCheck: true,
  types: [], lib: ["esnext", "dom"], ignoreDeprecations: "5.0",
};

const libraries = new Map();

function parse(text) {
  const options = {};
  const files = [];
  for (const line of text.split("\n")) {
    const [, option, value] = /^\/\/ @(\w+): (.*)$/.exec(line) ?? [];
    if (option === "filename") files.push({ name: value, lines: [] });
    else if (option && files.length === 0) options[option] = /^(true|false)$/.test(value) ? value === "true" : value;
    else {
      if (files.length === 0) files.push({ name: "index.ts", lines: [] });
      files.at(-1).lines.push(line);
    }
  }
  return { options, files: files.map(({ name, lines }) => ({ name, text: lines.join("\n") })) };
}

function output(program) {
  const { options, files } = parse(program);
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "typescript-"));
  try {
    for (const { name, text } of files) {
      for (const root of [directory, path.join(directory, "out")]) {
        const file = path.join(root, name);
        fs.mkdirSync(path.dirname(file), { recursive: true });
        if (root === directory || !name.endsWith("ts")) fs.writeFileSync(file, text);
      }
    }
    const compiler = ts.convertCompilerOptionsFromJson({ ...defaults, ...options }, directory).options;
    Object.assign(compiler, { outDir: path.join(directory, "out"), rootDir: directory });
    const host = ts.createCompilerHost(compiler);
    const read = host.getSourceFile;
    host.getSourceFile = (file, ...rest) => {
      if (!path.basename(file).startsWith("lib.")) return read(file, ...rest);
      if (!libraries.has(file)) libraries.set(file, read(file, ...rest));
      return libraries.get(file);
    };
    ts.createProgram([path.join(directory, files[0].name)], compiler, host).emit();
    const entry = files[0].name.replace(/\.(c|m)?tsx?$/, ".$1js");
    const { stdout, stderr, status } = spawnSync("node", [path.join(directory, "out", entry)], { encoding: "utf8" });
    if (status !== 0) throw new Error(stderr);
    return stdout;
  } finally {
    fs.rmSync(directory, { recursive: true });
  }
}

const names = process.argv.length > 2 ? process.argv.slice(2) : fs.readdirSync(here).filter((name) => name.endsWith(".txt"));
for (const name of names) {
  const file = path.resolve(here, path.basename(name));
  const [head, ...parts] = fs.readFileSync(file, "utf8").split(/^=== /m);
  const recorded = parts.map((part) => {
    const [, title, program] = /^(.*)\n([\s\S]*?)\n---\n/.exec(part);
    try {
      return `=== ${title}\n${program}\n---\n${output(program)}`;
    } catch (error) {
      throw new Error(`${name}: ${title}: ${error.message}`);
    }
  });
  fs.writeFileSync(file, head + recorded.join(""));
}
