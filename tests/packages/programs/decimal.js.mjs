import Decimal from 'decimal.js';

const Precise = Decimal.clone({ precision: 40 });

export default (numbers) =>
  numbers.map((number) => {
    const value = new Precise(number);
    return [value.sqrt(), value.ln(), value.pow('0.1'), value.toFraction(100)].map(String);
  });
