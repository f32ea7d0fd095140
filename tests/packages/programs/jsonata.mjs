import jsonata from 'jsonata';

const expression = jsonata(`{
  'total': $sum(lines.(price * quantity)),
  'names': $join(lines[quantity > 1].name, ', '),
  'dear': lines^(>price)[0].$uppercase(name)
}`);

export default (order) => expression.evaluate(order);
