import _ from "underscore";
import { languages, message } from "./messages.js";

/** An offer with its text in every language, made once. */
const offer = (key, percentage, quantity) => ({
  percentage,
  texts: _.object(_.map(languages, (language) => [language, message(language, key, { percentage, quantity })])),
});

const none = { percentage: 0 };
const forMembers = offer("member", 8);
const byTag = { clearance: offer("clearance", 30), "last-chance": offer("clearance", 50) };
const tiers = _.map({ 5: 5, 10: 10, 25: 15 }, (percentage, quantity) => ({
  quantity: Number(quantity),
  offer: offer("bundle", percentage, quantity),
}));

// The offer for every quantity up to the last tier, so that none is searched for.
const byQuantity = _.map(_.range(_.last(tiers).quantity + 1), (quantity) =>
  _.reduce(tiers, (best, tier) => (tier.quantity <= quantity ? tier.offer : best), none),
);

const better = (one, other) => (other && other.percentage > one.percentage ? other : one);

/** The best offer for a line: discounts do not add up. */
function offerFor({ quantity, tag }, isMember) {
  const offer = better(byQuantity[Math.min(quantity, byQuantity.length - 1)], byTag[tag]);
  return isMember ? better(offer, forMembers) : offer;
}

/** What is taken off each line, in cents. */
export function discountsOf(lines, { isMember, language }) {
  const discounts = [];
  _.each(lines, (line) => {
    const { percentage, texts } = offerFor(line, isMember);
    if (percentage === 0) return;
    const cents = Math.round((line.cents * line.quantity * percentage) / 100);
    discounts.push({ id: line.id, message: texts[language], cents });
  });
  return discounts;
}
