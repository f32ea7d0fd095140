// Built once, when the function is compiled.
const DEFAULTS = {
  tiers: [
    { quantity: 3, percentage: 5 },
    { quantity: 10, percentage: 15 },
  ],
  freeShippingFrom: 100,
};

/** The merchant's settings over the defaults, the highest tier first. */
export function settings({ discount }) {
  const { tiers, freeShippingFrom } = { ...DEFAULTS, ...discount.metafield?.jsonValue };
  return { tiers: tiers.toSorted((a, b) => b.quantity - a.quantity), freeShippingFrom };
}
