// Written for Javy's API, and compiled as it is: it reads all of stdin, decodes it, computes, encodes, writes.

function readInput() {
  const chunks = [];
  let total = 0;
  while (true) {
    const buffer = new Uint8Array(1024);
    const length = Javy.IO.readSync(0, buffer);
    if (length === 0) break;
    chunks.push(buffer.subarray(0, length));
    total += length;
  }
  const bytes = new Uint8Array(total);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return JSON.parse(new TextDecoder().decode(bytes));
}

function writeOutput(output) {
  Javy.IO.writeSync(1, new TextEncoder().encode(JSON.stringify(output)));
}

/** Ten percent off every tagged product of which there are at least two pieces. */
function discount({ cart }) {
  const targets = cart.lines
    .filter(({ quantity, merchandise }) => quantity >= 2 && merchandise.product.hasAnyTag)
    .map(({ merchandise }) => ({ productVariant: { id: merchandise.id } }));
  const value = { percentage: { value: "10.0" } };
  const discounts = targets.length > 0 ? [{ message: "Volume discount", targets, value }] : [];
  return { discounts, discountApplicationStrategy: "FIRST" };
}

writeOutput(discount(readInput()));
