// Not for Node, whose older versions have no iterator helpers.
const numbers = () => [1, 2, 3, 4, 5].values();
console.log(numbers().map((x) => x * 2).next().value, numbers().filter((x) => x > 3).toArray().join());
console.log(numbers().take(2).toArray().join(), numbers().drop(3).toArray().join());
console.log([...numbers().flatMap((x) => [x, x])].length, numbers().reduce((a, b) => a + b));
console.log(numbers().some((x) => x > 4), numbers().every((x) => x > 1), numbers().find((x) => x > 2));
let sum = 0;
numbers().forEach((x) => (sum += x));
for (const x of new Map([[1, 7]]).values().map((x) => x + 1)) sum += x;
console.log(sum, Iterator.from({ next: () => ({ done: true, value: 1 }) }).next().done);
console.log([...Iterator.concat([1], [2, 3])].join());
const taken = numbers().take(1);
console.log(taken.return().done, taken.next().done);
const map = new Map([["a", 1], ["b", 2]]);
console.log([...map.values()].join(), [...map.keys(), 3].length);
for (const [key, value] of map.entries()) console.log(key, value);
