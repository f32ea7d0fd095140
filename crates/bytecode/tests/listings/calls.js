const rates = { standard: 0.2, reduced: 0.05 };

function total(items, kind = 'standard') {
  let sum = 0;
  for (const { price, count } of items) sum += price * count;
  return Math.round(sum * (1 + rates[kind]));
}

export default function (input) {
  if (!input) return null;
  return { total: total(input.items, input.kind), text: `for ${input.name}` };
}
