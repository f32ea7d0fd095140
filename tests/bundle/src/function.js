// The same as a function, for those who have nothing of Javy's API.
import { priceCart } from "./cart.js";

export default ({ cart }) => priceCart(cart);
