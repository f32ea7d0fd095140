export default (input) => {
  class Base {
    #secret = input;
    get value() {
      return this.#secret;
    }
  }
  class Derived extends Base {
    static made = 0;
    constructor(...rest) {
      super(...rest);
      Derived.made++;
    }
    get value() {
      return super.value + 1;
    }
  }
  return new Derived().value;
};
