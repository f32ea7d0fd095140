import _ from "underscore";

// Code, currency, value-added tax in percent (standard, reduced), shipping zone.
const rows = `
AT EUR 20 10 near, BE EUR 21 6 near, BG EUR 20 9 far, CH CHF 8.1 2.6 near, CY EUR 19 5 far, CZ CZK 21 12 near,
DE EUR 19 7 home, DK DKK 25 25 near, EE EUR 24 9 far, ES EUR 21 10 far, FI EUR 25.5 14 far, FR EUR 20 5.5 near,
GB GBP 20 5 far, GR EUR 24 13 far, HR EUR 25 13 far, HU HUF 27 18 far, IE EUR 23 9 far, IS ISK 24 11 remote,
IT EUR 22 10 near, LI CHF 8.1 2.6 near, LT EUR 21 9 far, LU EUR 17 8 near, LV EUR 21 12 far, MT EUR 18 7 remote,
NL EUR 21 9 near, NO NOK 25 15 remote, PL PLN 23 8 near, PT EUR 23 13 far, RO RON 21 11 far, SE SEK 25 12 far,
SI EUR 22 9.5 far, SK EUR 23 19 far, US USD 0 0 remote, CA CAD 5 0 remote, JP JPY 10 8 remote, AU AUD 10 0 remote`;

export const countries = _.chain(rows.split(","))
  .map((row) => _.object(["code", "currency", "standard", "reduced", "zone"], row.trim().split(" ")))
  .map((country) => ({ ...country, standard: Number(country.standard), reduced: Number(country.reduced) }))
  .indexBy("code")
  .value();

/** Shipping by weight in grams: the first rate that the parcel does not exceed. */
export const shippingRates = {
  home: [
    { upTo: 500, cents: 390 },
    { upTo: 2000, cents: 490 },
    { upTo: 10000, cents: 790 },
    { upTo: 31500, cents: 1590 },
  ],
  near: [
    { upTo: 500, cents: 690 },
    { upTo: 2000, cents: 890 },
    { upTo: 10000, cents: 1490 },
    { upTo: 31500, cents: 2990 },
  ],
  far: [
    { upTo: 500, cents: 890 },
    { upTo: 2000, cents: 1290 },
    { upTo: 10000, cents: 2190 },
    { upTo: 31500, cents: 4490 },
  ],
  remote: [
    { upTo: 500, cents: 1290 },
    { upTo: 2000, cents: 1990 },
    { upTo: 10000, cents: 4290 },
    { upTo: 31500, cents: 8990 },
  ],
};

const decimalsOf = { ISK: 0, JPY: 0, HUF: 0 };

/** An amount as the customer's country writes it. */
export function formatMoney(cents, currency) {
  return `${(cents / 100).toFixed(decimalsOf[currency] ?? 2)} ${currency}`;
}
