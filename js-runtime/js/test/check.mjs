// Comparisons of what the runtime prints with what Node does.
import { Console } from "node:console";
import { Writable } from "node:stream";
import util from "node:util";

import { loadHere } from "./runtime.mjs";

export const runtime = loadHere();
export const results = { theme: "", passed: 0, failed: 0 };

function report(passed, actual, expected, what) {
  if (passed) {
    results.passed++;
    return;
  }
  results.failed++;
  const [left, right] = [`${expected}`, `${actual}`];
  let at = 0;
  while (at < left.length && left[at] === right[at]) at++;
  const around = (text) => text.slice(Math.max(0, at - 200), at) + "⟶" + text.slice(at, at + 200);
  console.log(`FAILED ${results.theme}: ${`${what}`.slice(0, 200)}`);
  console.log(`--- expected\n${around(left)}\n--- actual\n${around(right)}\n`);
}

export function equal(actual, expected, what) {
  report(Object.is(actual, expected), actual, expected, what);
}

// What `body` returns, or the name of what it throws.
export function outcome(body) {
  try {
    return body();
  } catch (error) {
    return `throws ${error?.name}`;
  }
}

function printed(body) {
  const { prints } = runtime.native;
  prints.length = 0;
  const result = outcome(body);
  return prints.length === 0 ? result : prints.map(([, text]) => text).join("");
}

// `console.log` prints what `util.format` says, in one piece.
export function same(...values) {
  const expected = outcome(() => `${util.format(...values)}\n`);
  const actual = printed(() => runtime.console.log(...values));
  report(actual === expected && runtime.native.prints.length <= 1, actual, expected, expected);
}

export function each(values) {
  for (const value of values) same(value);
}

// `console.dir` prints what `util.inspect` says under the same options.
export function sameDir(value, options) {
  const expected = `${util.inspect(value, { customInspect: false, ...options })}\n`;
  equal(
    printed(() => runtime.console.dir(value, options)),
    expected,
    `dir ${util.inspect(options)}`,
  );
}

// A program prints the same by both consoles, to the same files.
export function sameCalls(program) {
  const wrote = [];
  const stream = (level) =>
    new Writable({ decodeStrings: false, write: (text, _, done) => (wrote.push(`${level} ${text}`), done()) });
  const theirs = new Console({ stdout: stream(0), stderr: stream(1), colorMode: false });
  const { prints } = runtime.native;
  prints.length = 0;
  const [actual, expected] = [outcome(() => program(runtime.console)), outcome(() => program(theirs))];
  equal(actual, expected, program);
  equal(prints.map(([level, text]) => `${level} ${text}`).join(""), wrote.join(""), program);
}
