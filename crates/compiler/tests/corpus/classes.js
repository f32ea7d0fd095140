class Money {
  static #made = 0;
  static zero = new Money(0);
  #cents;
  currency = "EUR";
  constructor(cents) { this.#cents = cents; Money.#made++; }
  get amount() { return (this.#cents / 100).toFixed(2); }
  set amount(value) { this.#cents = Math.round(value * 100); }
  plus(other) { return new this.constructor(this.#cents + other.#cents); }
  static get made() { return Money.#made; }
  static is(value) { return #cents in value; }
  #secret() { return "s" + this.#cents; }
  reveal() { return this.#secret(); }
  static { this.registry = new Map([["zero", this.zero]]); }
}
class Tip extends Money {
  plus(other) { return Object.assign(super.plus(other), { tip: true }); }
  get amount() { return "~" + super.amount; }
  set amount(value) { super.amount = value; }
}
const price = new Money(1999);
const tip = new Tip(250).plus(price);
price.amount = 5;
console.log(price.amount, tip.amount, tip.tip, tip instanceof Tip, Money.made);
tip.amount = 1.5;
console.log(tip.reveal(), Money.is(tip), Money.is({}), Money.registry.get("zero").amount, tip.currency);
console.log(tip.plus(price).amount, Money.made, Object.keys(tip).join());
