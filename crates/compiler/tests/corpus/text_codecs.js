// TextEncoder and TextDecoder against the host that blessed the expected output.
const bytes = (...list) => new Uint8Array(list);
const shown = (text) => JSON.stringify(text).replace(/[\u007f-\uffff]/g, (c) => "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0"));
const attempt = (action) => {
  try {
    return action();
  } catch (error) {
    return error.name;
  }
};

const sequences = [
  [], [0x61], [0xe2, 0x82, 0xac], [0xf0, 0x9f, 0x98, 0x80], [0xc3, 0xa9, 0x61, 0xe2, 0x82, 0xac, 0x62, 0xf0, 0x9f, 0x98, 0x80],
  [0x80], [0xc0, 0x80], [0xc1, 0xbf], [0xe0, 0x80, 0x80], [0xe0, 0x9f, 0xbf], [0xed, 0xa0, 0x80], [0xed, 0x9f, 0xbf], [0xf0, 0x80, 0x80, 0x80],
  [0xf4, 0x8f, 0xbf, 0xbf], [0xf4, 0x90, 0x80, 0x80], [0xf5, 0x80], [0xff, 0xfe], [0xe2, 0x82], [0xe2, 0x82, 0x61], [0xf0, 0x9f, 0x61],
  [0xf0, 0x9f, 0x98], [0xef, 0xbb, 0xbf, 0x61], [0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf], [0x61, 0xef, 0xbb, 0xbf], [0xef, 0xbb], [0xef, 0xbb, 0x61],
  Array.from("a plain text that is longer than eight bytes", (c) => c.charCodeAt(0)), [...Array.from("twelve bytes", (c) => c.charCodeAt(0)), 0xc3],
];
for (const sequence of sequences) {
  const input = bytes(...sequence);
  const whole = new TextDecoder().decode(input);
  console.log(sequence.map((byte) => byte.toString(16)).join(" "), shown(whole),
    shown(new TextDecoder("utf-8", { ignoreBOM: true }).decode(input)), attempt(() => shown(new TextDecoder("utf-8", { fatal: true }).decode(input))));
  for (let split = 0; split <= input.length; split++) {
    const decoder = new TextDecoder();
    const parts = decoder.decode(input.subarray(0, split), { stream: true }) + decoder.decode(input.subarray(split));
    if (parts !== whole) console.log("split at", split, shown(parts));
  }
  const decoder = new TextDecoder();
  let single = "";
  for (const byte of input) single += decoder.decode(bytes(byte), { stream: true });
  single += decoder.decode();
  if (single !== whole) console.log("byte by byte", shown(single));
}

const wide = [[0x61, 0], [0x61], [0xff, 0xfe, 0x61, 0], [0x3d, 0xd8, 0x00, 0xde], [0x3d, 0xd8], [0x3d, 0xd8, 0x61, 0], [0, 0xde], [0xac, 0x20, 0x61]];
for (const sequence of wide) {
  const input = bytes(...sequence);
  console.log(shown(new TextDecoder("utf-16le").decode(input)), attempt(() => shown(new TextDecoder("utf-16", { fatal: true }).decode(input))));
}

const labels = ["utf8", " UTF-8\n", "unicode-1-1-utf-8", "UTF-16", "ucs-2", "Unicode11UTF8"];
console.log(labels.map((label) => new TextDecoder(label).encoding).join());
console.log(attempt(() => new TextDecoder("nonsense")), attempt(() => new TextDecoder("")), attempt(() => TextDecoder()));
console.log(attempt(() => new TextDecoder().decode("text")), attempt(() => TextDecoder.prototype.decode.call({})), attempt(() => new TextDecoder("utf-8", 1)));
const both = new TextDecoder("utf-8", { fatal: 1, ignoreBOM: "yes" });
console.log(both.fatal, both.ignoreBOM, Object.prototype.toString.call(both), Object.keys(TextDecoder.prototype).sort().join(), TextDecoder.name, TextDecoder.length);
console.log(new TextDecoder().decode(new Uint16Array([0x6261])), new TextDecoder().decode(new DataView(bytes(1, 0x61, 2).buffer, 1, 1)), new TextDecoder().decode(bytes(0x62).buffer));
console.log(new TextDecoder().decode(bytes(0x61, 0x62, 0x63).subarray(1)));
const detached = new ArrayBuffer(4);
structuredCloneOrTransfer(detached);
function structuredCloneOrTransfer(buffer) {
  if (buffer.transfer) buffer.transfer();
}
class Special extends TextDecoder {
  decode(input) { return "<" + super.decode(input) + ">"; }
}
console.log(new Special().decode(bytes(0x61)), new Special() instanceof TextDecoder);

const texts = ["", "abc", "é", "€", "😀", "\ud800", "a\udc00b", "\ud83d", "mixed é€😀 text", "long ascii text of many bytes", "\u0000\u007f\u0080\u07ff\u0800\uffff"];
const encoder = new TextEncoder();
for (const text of texts) {
  const encoded = encoder.encode(text);
  console.log(shown(text), [...encoded].join(" "), encoded.constructor === Uint8Array);
  for (let room = 0; room <= encoded.length + 1; room++) {
    const target = new Uint8Array(room + 2).fill(7);
    const { read, written } = encoder.encodeInto(text, target.subarray(1, 1 + room));
    console.log(" ", room, read, written, [...target].join(" "));
  }
}
console.log(encoder.encode().length, encoder.encode(undefined).length, encoder.encode(null).length, encoder.encode(12).join(), encoder.encoding);
console.log(attempt(() => encoder.encodeInto("x", [])), attempt(() => TextEncoder()), attempt(() => TextEncoder.prototype.encode.call({}, "x")), String(encoder));
