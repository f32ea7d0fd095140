import BigNumber from 'bignumber.js';

export default ({ a, b }) => {
  const [x, y] = [new BigNumber(a), new BigNumber(b)];
  return {
    sum: x.plus(y).toFixed(),
    product: x.times(y).toFormat(2),
    quotient: x.div(y).toPrecision(12),
    power: y.pow(20).toString(16),
    compared: x.comparedTo(y),
  };
};
