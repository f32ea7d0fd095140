import { each, same } from "./check.mjs";

export default function () {
  each([
    new Map(),
    new Map([["a", 1]]),
    new Map([
      [{ a: 1 }, [1, 2]],
      [new Map(), new Set([1])],
    ]),
    new Map([[NaN, -0]]),
  ]);
  each([new Set(), new Set([1, "a", { a: 1 }]), new Set([new Set([new Set([new Set([1])])])])]);
  each([new Map([["a", new Map([["b", new Map([["c", new Map([["d", 1]])]])]])]])]);
  each([
    new Map(Array.from({ length: 30 }, (_, i) => [`key${i}`, i])),
    new Set(Array.from({ length: 30 }, (_, i) => i)),
  ]);
  each([new Map(Array.from({ length: 101 }, (_, i) => [i, i])), new Set(Array.from({ length: 102 }, (_, i) => i))]);
  each([
    Object.assign(new Map([[1, 2]]), { a: 1 }),
    Object.assign(new Set(), { a: 1 }),
    Object.assign(new Map(), { a: 1 }),
  ]);
  each([
    new (class Registry extends Map {})([[1, 2]]),
    new (class Bag extends Set {})([1]),
    new (class extends Map {})(),
  ]);
  each([Object.setPrototypeOf(new Map([[1, 2]]), null), Object.setPrototypeOf(new Set([1]), null)]);
  each([new WeakMap(), new WeakSet(), new WeakMap([[{}, 1]]), Object.assign(new WeakSet(), { a: 1 }), [new WeakMap()]]);
  const map = new Map([
    ["a", { x: 1 }],
    ["b", 2],
    ["c", [3]],
  ]);
  const set = new Set(["a", { x: 1 }, 3]);
  each([map.keys(), map.values(), map.entries(), map[Symbol.iterator](), set.keys(), set.values(), set.entries()]);
  each([{ iterator: map.entries() }, [set.values()], new Map().keys(), new Set().entries()]);
  for (const iterator of [map.keys(), map.entries(), set.values(), set.entries()]) {
    iterator.next();
    same(iterator);
    iterator.next();
    same(iterator);
    // Printing does not advance it.
    same([...iterator].length);
    same(iterator);
  }
  const large = new Map(Array.from({ length: 130 }, (_, i) => [i, `value ${i}`]));
  each([
    large.keys(),
    large.entries(),
    large.values(),
    new Set(large.keys()).entries(),
    Object.assign(map.keys(), { a: 1 }),
  ]);
  const changed = new Map([
    [1, 1],
    [2, 2],
    [3, 3],
  ]);
  const values = changed.values();
  values.next();
  changed.delete(2);
  changed.set(4, 4);
  each([values, changed]);
}
