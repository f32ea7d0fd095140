async function* ticks(n) {
  try {
    for (let i = 0; i < n; i++) {
      await null;
      yield i;
    }
  } finally {
    console.log("closed");
  }
}
const stream = ticks(5);
const first = stream.next();
const second = stream.next();
console.log((await second).value, (await first).value);
for await (const tick of stream) {
  console.log("tick", tick);
  if (tick === 3) break;
}
console.log(JSON.stringify(await stream.next()));
for await (const value of [1, Promise.resolve(2), { then: (f) => f(3) }]) console.log(value);
