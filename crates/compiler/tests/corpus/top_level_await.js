import { loaded, order } from "./parts/awaits.js";
order.push("entry");
const value = await Promise.resolve(41);
const [first] = await Promise.all([loaded, Promise.resolve().then(() => order.push("job"))]);
const lazy = await (async () => { await 0; return value + 1; })();
console.log(first, lazy, order.join());
await null;
console.log(order.length);
