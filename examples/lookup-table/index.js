// Everything at top level runs while compiling, and its result is part of the module: a run finds the table ready.
// Here it is the first ten thousand primes, which take a sieve of Eratosthenes up to 104,729.

const COUNT = 10_000;
const LIMIT = 104_729;

const composite = new Uint8Array(LIMIT + 1);
const primes = [];
for (let n = 2; n <= LIMIT; n++) {
  if (composite[n]) continue;
  primes.push(n);
  for (let multiple = n * n; multiple <= LIMIT; multiple += n) composite[multiple] = 1;
}
if (primes.length !== COUNT) throw new Error(`expected ${COUNT} primes, found ${primes.length}`);

/** How many primes there are up to `n`, by bisection. */
function primesUpTo(n) {
  let [low, high] = [0, primes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (primes[middle] <= n) low = middle + 1;
    else high = middle;
  }
  return low;
}

export default function handler({ numbers }) {
  return numbers.map((number) => {
    if (!Number.isInteger(number) || number < 1 || number > LIMIT) {
      throw new RangeError(`${number} is not between 1 and ${LIMIT}`);
    }
    const upTo = primesUpTo(number);
    return { number, isPrime: primes[upTo - 1] === number, primesUpTo: upTo };
  });
}
