import { z } from 'zod';

const Order = z.object({
  id: z.string().regex(/^[A-Z]{2}-\d+$/),
  email: z.email().optional(),
  lines: z.array(z.object({ sku: z.string().min(1), quantity: z.int().positive() })).min(1),
  payment: z.discriminatedUnion('kind', [z.object({ kind: z.literal('card'), last4: z.string().length(4) }), z.object({ kind: z.literal('cash') })]),
  created: z.coerce.date().transform((date) => date.getUTCFullYear()),
});

export default (orders) =>
  orders.map((order) => {
    const result = Order.safeParse(order);
    return result.success ? result.data : result.error.issues;
  });
