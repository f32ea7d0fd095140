class Range {
  constructor(from, to) { Object.assign(this, { from, to }); }
  [Symbol.iterator]() {
    let next = this.from;
    const { to } = this;
    return {
      next: () => (next < to ? { value: next++, done: false } : { value: undefined, done: true }),
      return: () => { closed.push(next); return {}; },
    };
  }
}
const closed = [];
const half = new Range(0, 10)[Symbol.iterator]();
half.next();
half.next();
const array = [10, 20, 30].entries();
array.next();
const text = "a😀b"[Symbol.iterator]();
text.next();
for (const n of new Range(0, 5)) if (n === 2) break;
const [first, second] = new Range(5, 9);
console.log(half.next().value, [...array].join(";"), [...text].join(), first + second, closed.join());
console.log(Math.max(...new Range(1, 4)), Object.fromEntries(new Map([["k", 1]])).k, Array.from(new Range(0, 3), (n) => n * 2).join());
console.log(new Range(0, 3).to, [...new Set(new Range(1, 3))].join(), closed.length);
