export function* numbers(limit) {
  for (let n = 0; n < limit; n++) {
    if (n % 2) continue;
    yield n;
  }
}

export async function settle(promises) {
  try {
    for (const promise of promises) await promise;
  } catch (error) {
    return error?.message ?? 'none';
  } finally {
    settle.done = true;
  }
}

export const kind = (value) => {
  switch (typeof value) {
    case 'undefined':
      return -1;
    case 'string':
      return value.length;
    default:
      return 1000n;
  }
};
