import _ from "underscore";
import { countries, formatMoney } from "./countries.js";
import { message } from "./messages.js";
import { discountsOf } from "./pricing.js";
import { ship } from "./shipping.js";

export function priceCart({ customer, lines }) {
  const country = countries[customer.country];
  if (!country) return { errors: [message(customer.language, "unknownCountry", customer)] };

  const [available, missing] = _.partition(lines, (line) => line.stock >= line.quantity);
  const discounts = discountsOf(available, customer);
  const full = _.reduce(available, (total, line) => total + line.cents * line.quantity, 0);
  const subtotal = _.reduce(discounts, (total, { cents }) => total - cents, full);
  const shipping = ship(available, subtotal, customer, country);
  return {
    discounts,
    shipping,
    total: formatMoney(subtotal + (shipping.cents || 0), country.currency),
    errors: _.map(missing, (line) => message(customer.language, "outOfStock", line)),
  };
}
