// Prices a cart. A program rather than a function: it reads standard input in its last lines.
import _ from "underscore";
import { priceCart } from "./cart.js";

function readAll() {
  const chunks = [];
  for (;;) {
    const buffer = new Uint8Array(1024);
    const length = Javy.IO.readSync(0, buffer);
    if (length === 0) break;
    chunks.push(buffer.subarray(0, length));
  }
  const bytes = new Uint8Array(_.reduce(chunks, (total, chunk) => total + chunk.length, 0));
  _.reduce(chunks, (offset, chunk) => (bytes.set(chunk, offset), offset + chunk.length), 0);
  return new TextDecoder().decode(bytes);
}

const result = priceCart(JSON.parse(readAll()).cart);
Javy.IO.writeSync(1, new TextEncoder().encode(JSON.stringify(result)));
