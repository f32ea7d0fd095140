const log = [];
let release;
const gate = new Promise((resolve) => { release = resolve; });
async function worker(name, waits) {
  log.push(name + " starts");
  try {
    for (let i = 0; i < waits; i++) {
      const value = await gate;
      log.push(`${name} gets ${value} ${i}`);
    }
    if (name === "b") throw new Error("b fails");
    return name + " is done";
  } catch (error) {
    log.push("caught " + error.message);
    return "recovered";
  } finally {
    log.push(name + " ends");
  }
}
const all = Promise.all([worker("a", 2), worker("b", 1), (async () => { await null; return "quick"; })()]);
const before = log.slice();
console.log(before.join("|"));
release("key");
console.log((await all).join("|"));
console.log(log.join("|"));
