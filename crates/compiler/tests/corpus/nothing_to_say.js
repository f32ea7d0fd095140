// Never touches the outside world: all of it runs at build time.
const table = new Map(Array.from({ length: 100 }, (_, i) => [i, i * i]));
globalThis.answer = [...table.values()].at(-1);
