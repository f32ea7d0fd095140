// Prices a cart. A program rather than a function: it reads standard input in its last lines.
import _ from "underscore";
import { countries, formatMoney } from "./countries.js";
import { message } from "./messages.js";
import { discountsOf } from "./pricing.js";
import { ship } from "./shipping.js";

function priceCart({ customer, lines }) {
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

function readAll() {
  const chunks = [];
  for (;;) {
    const buffer = new Uint8Array(1024);
    const length = Javy.IO.readSync(0, buffer);
    if (length === 0) break;
    chunks.push(buffer.subarray(0, length));
  }
  const bytes = new Uint8Array(_.reduce(chunks, (total, chunk) => total + chunk.length, 0));
  _.reduce(chunks, (offset, chunk) => (bytes.set(chunk, offset), offset + chunk.length), 0);
  return new TextDecoder().decode(bytes);
}

const result = priceCart(JSON.parse(readAll()).cart);
Javy.IO.writeSync(1, new TextEncoder().encode(JSON.stringify(result)));
