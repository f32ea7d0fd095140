import Big from 'big.js';

export default ({ prices, rate }) => {
  const net = prices.reduce((sum, price) => sum.plus(price), new Big(0));
  const tax = net.times(rate).round(2, Big.roundHalfEven);
  return { net: net.toFixed(2), tax: tax.toFixed(2), gross: net.plus(tax).toString(), third: net.div(3).toString() };
};
