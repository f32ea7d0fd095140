// Runs programs one after the other, each in a realm of its own. A line of standard input is a request in JSON
// ({ files: { name: text }, call: export }), a line of standard output what came of it ({ output, isSuccess }).
import { createInterface } from 'node:readline';
import { setImmediate } from 'node:timers/promises';
import vm from 'node:vm';

// Promises that were rejected while nobody listened; programs fail by them.
let rejections = new Set();
process.on('unhandledRejection', (_, promise) => rejections.add(promise));
process.on('rejectionHandled', (promise) => rejections.delete(promise));

async function run({ files, call }) {
  let output = '';
  const log = (...values) => {
    output += `${values.map(String).join(' ')}\n`;
  };
  rejections = new Set();
  const context = vm.createContext({ console: { log, error() {} }, TextEncoder, TextDecoder });
  const modules = new Map();
  const load = (specifier) => {
    const name = specifier.replace(/^\.\//, '');
    if (!modules.has(name)) {
      modules.set(name, new vm.SourceTextModule(files[name], { context, identifier: name }));
    }
    return modules.get(name);
  };
  let isSuccess = true;
  try {
    const entry = load('index.mjs');
    await entry.link(load);
    let state = 'pending';
    entry.evaluate({ timeout: 10_000 }).then(
      () => (state = 'fulfilled'),
      () => (state = 'rejected'),
    );
    // Programs have no timers: what has not settled when the microtasks are done never does.
    await setImmediate();
    isSuccess = state === 'fulfilled';
    if (call) {
      output += JSON.stringify(await entry.namespace[call]()) ?? '';
      await setImmediate();
    }
  } catch {
    isSuccess = false;
  }
  return { output, isSuccess: isSuccess && rejections.size === 0 };
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await run(JSON.parse(line)))}\n`);
}
