// A discount function as shops run them at checkout: the cart comes in as the answer to a GraphQL query, the discounts
// go out. What merchants may change is in a metafield of the discount, as JSON.

const DEFAULTS = {
  volumeTiers: [], // { quantity, percentage }: for lines of at least so many pieces
  tagPercentages: {}, // by product tag
  vip: null, // { tag, percentage, minimumSubtotal }: for customers with the tag
  excludedTags: ["gift-card"],
  maximumPercentage: 50,
};

/** The merchant's settings over the defaults. */
function configuration({ discountNode }) {
  return { ...DEFAULTS, ...JSON.parse(discountNode?.metafield?.value ?? "{}") };
}

/** Tags come as the answers to `hasTags`. */
const tagsOf = (answers) => (answers ?? []).filter(({ hasTag }) => hasTag).map(({ tag }) => tag);

/** Each rule takes what is known of a line and gives an offer or nothing. */
const rules = [
  function volume({ quantity, config }) {
    const reached = config.volumeTiers.filter((tier) => quantity >= tier.quantity);
    return bestOf(reached.map(({ quantity, percentage }) => ({ reason: `${quantity} or more pieces`, percentage })));
  },
  function productTag({ tags, config }) {
    const rewarded = tags.filter((tag) => Object.hasOwn(config.tagPercentages, tag));
    return bestOf(rewarded.map((tag) => ({ reason: tag, percentage: config.tagPercentages[tag] })));
  },
  function vip({ isVip, config }) {
    return isVip ? { reason: "Members", percentage: config.vip.percentage } : null;
  },
];

/** The offer with the highest percentage, null if there is none. */
function bestOf(offers) {
  return offers.reduce((best, offer) => (best && best.percentage >= offer.percentage ? best : offer), null);
}

/** Members get their price from a certain subtotal on. */
function isVipCart(cart, config) {
  if (!config.vip) return false;
  const tags = tagsOf(cart.buyerIdentity?.customer?.hasTags);
  return tags.includes(config.vip.tag) && Number(cart.cost.subtotalAmount.amount) >= config.vip.minimumSubtotal;
}

/** The best offer for a line: discounts do not add up. */
function offerFor(line, isVip, config) {
  if (line.merchandise.__typename !== "ProductVariant") return null;
  const tags = tagsOf(line.merchandise.product.hasTags);
  if (tags.some((tag) => config.excludedTags.includes(tag))) return null;
  const facts = { quantity: line.quantity, tags, isVip, config };
  const best = bestOf(rules.map((rule) => rule(facts)).filter(Boolean));
  if (!best) return null;
  const percentage = Math.min(best.percentage, config.maximumPercentage);
  return { percentage, message: `${best.reason}: ${percentage}% off` };
}

export default function cartLinesDiscounts(input) {
  const config = configuration(input);
  const isVip = isVipCart(input.cart, config);

  // Lines with the same offer share one candidate, so that the cart shows its message once.
  const candidates = new Map();
  for (const line of input.cart.lines) {
    const offer = offerFor(line, isVip, config);
    if (!offer) continue;
    const candidate = candidates.get(offer.message) ?? {
      message: offer.message,
      targets: [],
      value: { percentage: { value: offer.percentage.toFixed(1) } },
    };
    candidate.targets.push({ cartLine: { id: line.id } });
    candidates.set(offer.message, candidate);
  }

  if (candidates.size === 0) return { operations: [] };
  return {
    operations: [{ productDiscountsAdd: { candidates: [...candidates.values()], selectionStrategy: "ALL" } }],
  };
}
