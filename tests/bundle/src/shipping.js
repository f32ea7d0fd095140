import _ from "underscore";
import { formatMoney, shippingRates } from "./countries.js";
import { message } from "./messages.js";

const freeFrom = { home: 4900, near: 9900, far: 14900 };

/** The price of shipping in cents, null if it is not possible, and what the customer is told. */
export function ship(lines, subtotal, customer, country) {
  const { language } = customer;
  const grams = _.reduce(lines, (total, line) => total + line.grams * line.quantity, 0);
  const rate = _.find(shippingRates[country.zone], ({ upTo }) => grams <= upTo);
  if (!rate) return { cents: null, note: message(language, "tooHeavy") };
  const limit = freeFrom[country.zone];
  if (limit === undefined) return { cents: rate.cents };
  const note = (key, cents) => message(language, key, { amount: formatMoney(cents, country.currency) });
  return subtotal >= limit
    ? { cents: 0, note: note("freeShipping", limit) }
    : { cents: rate.cents, note: note("missing", limit - subtotal) };
}
