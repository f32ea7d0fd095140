import { customRandom, urlAlphabet } from 'nanoid';

// Random bytes of a linear congruential generator: the same ones everywhere.
const generator = (seed) => (count) => {
  const bytes = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    bytes[i] = seed >> 16;
  }
  return bytes;
};

export default ({ seeds, size }) =>
  seeds.map((seed) => [customRandom(urlAlphabet, size, generator(seed))(), customRandom('abc', size, generator(seed))()]);
