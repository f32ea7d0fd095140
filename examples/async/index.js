// A handler may be async: the run ends when its promise has settled and no job is left.

const rates = { EUR: 1, USD: 1.08, JPY: 163.5 };

// Stands for anything that answers later; several of these are under way at once.
async function rateOf(currency) {
  await null;
  if (!(currency in rates)) throw new RangeError(`no rate for ${currency}`);
  return rates[currency];
}

async function convert({ amount, from, to }) {
  const [source, target] = await Promise.all([rateOf(from), rateOf(to)]);
  return Number(((amount / source) * target).toFixed(2));
}

export default async function handler({ payments }) {
  // `allSettled`: one unknown currency must not spoil the other payments.
  const settled = await Promise.allSettled(payments.map(convert));
  const results = settled.map(({ status, value, reason }) =>
    status === "fulfilled" ? { converted: value } : { error: reason.message },
  );
  return { results };
}
