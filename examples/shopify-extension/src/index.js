import { settings } from "./settings.js";

const isDiscounted = ({ merchandise }) =>
  merchandise.__typename === "ProductVariant" && !merchandise.product.hasAnyTag;

/** A discount on every line that reaches a tier. */
export function cartLinesDiscountsGenerateRun(input) {
  if (!input.discount.discountClasses.includes("PRODUCT")) return { operations: [] };
  const { tiers } = settings(input);
  const candidates = new Map();
  for (const line of input.cart.lines.filter(isDiscounted)) {
    const tier = tiers.find(({ quantity }) => line.quantity >= quantity);
    if (!tier) continue;
    // Lines of the same tier share a candidate, so that the cart shows its message once.
    const candidate = candidates.get(tier) ?? {
      message: `${tier.percentage}% off ${tier.quantity} or more`,
      targets: [],
      value: { percentage: { value: tier.percentage } },
    };
    candidate.targets.push({ cartLine: { id: line.id } });
    candidates.set(tier, candidate);
  }
  if (candidates.size === 0) return { operations: [] };
  const productDiscountsAdd = { candidates: [...candidates.values()], selectionStrategy: "ALL" };
  return { operations: [{ productDiscountsAdd }] };
}

/** Free shipping from a subtotal on. */
export function cartDeliveryOptionsDiscountsGenerateRun(input) {
  if (!input.discount.discountClasses.includes("SHIPPING")) return { operations: [] };
  const { freeShippingFrom } = settings(input);
  if (Number(input.cart.cost.subtotalAmount.amount) < freeShippingFrom) return { operations: [] };
  const candidates = input.cart.deliveryGroups.map(({ id }) => ({
    message: "Free shipping",
    targets: [{ deliveryGroup: { id } }],
    value: { percentage: { value: 100 } },
  }));
  return { operations: [{ deliveryDiscountsAdd: { candidates, selectionStrategy: "ALL" } }] };
}
