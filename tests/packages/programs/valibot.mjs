import * as v from 'valibot';

const Order = v.object({
  id: v.pipe(v.string(), v.trim(), v.regex(/^[A-Z]{2}-\d+$/, 'not an id')),
  email: v.optional(v.pipe(v.string(), v.email())),
  lines: v.pipe(v.array(v.object({ quantity: v.pipe(v.number(), v.integer(), v.minValue(1)) })), v.nonEmpty()),
  kind: v.fallback(v.picklist(['order', 'draft']), 'draft'),
});

export default (orders) =>
  orders.map((order) => {
    const result = v.safeParse(Order, order);
    return result.success ? result.output : v.flatten(result.issues);
  });
