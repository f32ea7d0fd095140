// Runs a program on Node by the contract of a compiled module: stdin as JSON to the default export and its result to
// stdout, or a script that reads and writes by itself, by Javy's API if it likes.
//
//   node harness.mjs index.js < input          one run
//   node harness.mjs index.js RUNS < input     many runs in this process; prints the microseconds of each as JSON
import { readFileSync, readSync, writeSync } from "node:fs";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { pathToFileURL } from "node:url";

const [program, runs] = process.argv.slice(2);
const url = pathToFileURL(path.resolve(program)).href;
const output = console.log;

const decode = (bytes) => new TextDecoder().decode(bytes);

/** What a program reads and writes: the real streams, or ones in memory. */
function streams(input) {
  let offset = 0;
  return {
    readSync(fd, buffer) {
      if (input === undefined) return readSync(fd, buffer);
      const chunk = input.subarray(offset, offset + buffer.length);
      buffer.set(chunk);
      offset += chunk.length;
      return chunk.length;
    },
    writeSync: (fd, bytes) => (input === undefined ? writeSync(fd, bytes) : bytes.length),
    readAll: () => input ?? readFileSync(0),
    print: (text) => (input === undefined ? process.stdout.write(text) : text.length),
  };
}

/** Calls the handler as `_start` does. */
async function callHandler(handler, { readAll, print }) {
  const text = decode(readAll());
  const result = JSON.stringify(await handler(text.trim() === "" ? undefined : JSON.parse(text)));
  if (result !== undefined) print(result);
}

async function once() {
  const io = streams();
  globalThis.Javy = { IO: io };
  const { default: handler } = await import(url);
  if (typeof handler === "function") await callHandler(handler, io);
}

/** A program without a handler is evaluated anew for every run, as it is when it is compiled. */
async function repeatedly(count) {
  const input = readFileSync(0);
  globalThis.Javy = { IO: streams(input) };
  console.log = () => {};
  const { default: handler } = await import(url);
  const times = [];
  for (let run = 0; run < count; run++) {
    const io = streams(input);
    globalThis.Javy.IO = io;
    const begun = performance.now();
    if (typeof handler === "function") await callHandler(handler, io);
    else await import(`${url}?${run}`);
    times.push((performance.now() - begun) * 1000);
  }
  output(JSON.stringify(times));
}

await (runs === undefined ? once() : repeatedly(Number(runs)));
