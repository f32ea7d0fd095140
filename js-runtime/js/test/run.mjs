// Tests the JavaScript half of the runtime in Node, against Node: `node js-runtime/js/test/run.mjs`.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

// The previews of promises, proxies and iterators are internals of Node.
if (!process.execArgv.includes("--expose-internals")) {
  const options = ["--expose-internals", "--no-warnings", fileURLToPath(import.meta.url)];
  process.exit(spawnSync(process.execPath, options, { stdio: "inherit" }).status ?? 1);
}

const { results } = await import("./check.mjs");
const themes = ["primitives", "arrays", "objects", "errors", "directives", "collections", "methods", "text", "hostile"];
for (const theme of [...themes, "generated"]) {
  const { default: test } = await import(`./${theme}.mjs`);
  results.theme = theme;
  await test();
}
console.log(`${results.passed} passed, ${results.failed} failed`);
process.exitCode = results.failed === 0 ? 0 : 1;
