const counters = [];
for (let i = 0; i < 3; i++) {
  let count = i * 10;
  counters.push({ next: () => ++count, reset: (to) => { count = to; } });
}
counters[1].next();
counters[2].reset(-1);
const compose = (...fs) => (x) => fs.reduceRight((value, f) => f(value), x);
const add = (a) => (b) => a + b;
const pipeline = compose(add(1), add(10), String, Number);
console.log(counters.map((c) => c.next()).join());
console.log(counters.map((c) => c.next()).join(), pipeline("5"));
