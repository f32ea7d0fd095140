import { equal, outcome, runtime } from "./check.mjs";
import { NodeTextDecoder, NodeTextEncoder } from "./runtime.mjs";

const texts = [
  "",
  "plain",
  "é",
  "日本語",
  "😀 and 😀",
  "\ud800",
  "a\udc00b",
  "\ud800\ud800\udc00",
  "\ufeffmarked",
  "\0",
  "x".repeat(100),
];
const utf8 = [
  [],
  [0x61],
  [0xef, 0xbb, 0xbf, 0x61],
  [0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf],
  [0xef, 0xbb],
  [0xef],
  [0xc3, 0xa9],
  [0xc3],
  [0xc3, 0x61],
  [0xc0, 0x80],
  [0xc1, 0xbf],
  [0xe0, 0x80, 0x80],
  [0xe0, 0xa0, 0x80],
  [0xe0, 0xa0],
  [0xed, 0xa0, 0x80],
  [0xed, 0x9f, 0xbf],
  [0xed, 0xa0],
  [0xf0, 0x9f, 0x98, 0x80],
  [0xf0, 0x9f, 0x98],
  [0xf0, 0x9f],
  [0xf0],
  [0xf0, 0x80, 0x80, 0x80],
  [0xf4, 0x90, 0x80, 0x80],
  [0xf4, 0x8f, 0xbf, 0xbf],
  [0xf5, 0x80, 0x80, 0x80],
  [0xff, 0xfe],
  [0x80],
  [0xbf, 0xbf],
  [0xf0, 0x9f, 0x61, 0x98, 0x80],
  [0x61, 0xff, 0x62, 0xe3, 0x81, 0x82, 0xe3, 0x81],
  [0xf0, 0x9f, 0x98, 0x80, 0xef, 0xbb, 0xbf, 0x61],
  [0xe3, 0x81, 0x82, 0xf0, 0x9f, 0x98, 0x80, 0xc3, 0xa9],
  [0xf8, 0x88, 0x80, 0x80, 0x80],
];
const utf16 = [
  [],
  [0x61, 0],
  [0xff, 0xfe, 0x61, 0],
  [0xff, 0xfe, 0xff, 0xfe],
  [0x61],
  [0x3d, 0xd8, 0x00, 0xde],
  [0x3d, 0xd8],
  [0x00, 0xde],
  [0x3d, 0xd8, 0x61, 0],
  [0x3d, 0xd8, 0x3d, 0xd8, 0x00, 0xde],
  [0x61, 0, 0x62],
  [0x3d, 0xd8, 0x00],
  [0xfe, 0xff, 0, 0x61],
  [0xff],
  [0x61, 0, 0xff, 0xfe],
];

// All texts that a decoder gives for some chunks and the end, up to an error.
function decodeAll(Decoder, label, options, chunks) {
  const decoder = new Decoder(label, options);
  const parts = [];
  for (const chunk of [...chunks, null, [0xef, 0xbb, 0xbf, 0x61]]) {
    const bytes = chunk === null ? undefined : Uint8Array.from(chunk);
    parts.push(outcome(() => decoder.decode(bytes, { stream: parts.length < chunks.length })));
    if (parts.at(-1).startsWith("throws")) break;
  }
  return JSON.stringify(parts);
}

// The list cut into up to three pieces, in every way.
function* cuts(list) {
  for (let first = 0; first <= list.length; first++)
    for (let second = first; second <= list.length; second++)
      yield [list.slice(0, first), list.slice(first, second), list.slice(second)];
}

export default function () {
  const { TextEncoder, TextDecoder } = runtime;
  const encoder = new TextEncoder();
  for (const text of texts) {
    equal(`${encoder.encode(text)}`, `${new NodeTextEncoder().encode(text)}`, `encode ${JSON.stringify(text)}`);
    for (let size = 0; size < 8; size++) {
      const [ours, theirs] = [new Uint8Array(size), new Uint8Array(size)];
      const actual = JSON.stringify([encoder.encodeInto(text, ours), [...ours]]);
      const expected = JSON.stringify([new NodeTextEncoder().encodeInto(text, theirs), [...theirs]]);
      equal(actual, expected, `encodeInto ${JSON.stringify(text)} of ${size}`);
    }
  }
  equal(encoder.encoding, "utf-8", "encoding");
  equal(encoder.encode().length, 0, "encode nothing");
  equal(encoder.encode(undefined).length, 0, "encode undefined");
  equal(`${encoder.encode(null)}`, "110,117,108,108", "encode null");
  equal(
    outcome(() => encoder.encodeInto("x", [])),
    "throws TypeError",
    "encodeInto an array",
  );
  equal(
    outcome(() => encoder.encode(Symbol())),
    "throws TypeError",
    "encode a symbol",
  );
  equal(`${new TextEncoder()}`, "[object TextEncoder]", "tag");

  for (const [label, lists] of [
    ["utf-8", utf8],
    ["utf-16le", utf16],
  ])
    for (const list of lists)
      for (const options of [{}, { fatal: true }, { ignoreBOM: true }, { fatal: true, ignoreBOM: true }]) {
        const what = `decode ${label} ${JSON.stringify(list)} ${JSON.stringify(options)}`;
        const decode = (Decoder) => outcome(() => new Decoder(label, options).decode(Uint8Array.from(list)));
        equal(decode(TextDecoder), decode(NodeTextDecoder), what);
        for (const chunks of cuts(list)) {
          const [actual, expected] = [TextDecoder, NodeTextDecoder].map((D) => decodeAll(D, label, options, chunks));
          equal(actual, expected, `${what} in chunks ${JSON.stringify(chunks)}`);
        }
        const bytewise = list.map((byte) => [byte]);
        const [actual, expected] = [TextDecoder, NodeTextDecoder].map((D) => decodeAll(D, label, options, bytewise));
        equal(actual, expected, `${what} byte by byte`);
      }

  for (const label of [
    "utf8",
    "UTF-8",
    " utf-8\n",
    "unicode-1-1-utf-8",
    "utf-16",
    "ucs-2",
    "UTF-16LE",
    "nonsense",
    "utf-8\0",
    "",
    null,
  ])
    equal(
      outcome(() => new TextDecoder(label).encoding),
      outcome(() => new NodeTextDecoder(label).encoding),
      `label ${label}`,
    );
  const inputs = [
    undefined,
    new ArrayBuffer(2),
    new Uint16Array([0x6161]),
    new DataView(new ArrayBuffer(3), 1),
    null,
    "text",
    [97],
    {},
  ];
  for (const input of inputs) {
    const decode = (Decoder) => outcome(() => new Decoder().decode(input));
    equal(decode(TextDecoder), decode(NodeTextDecoder), `decode ${Object.prototype.toString.call(input)}`);
  }
  const view = Uint8Array.of(97, 98, 99, 100).subarray(1, 3);
  equal(new TextDecoder().decode(view), "bc", "a part of a buffer");
  const decoder = new TextDecoder("utf-8", { fatal: 1, ignoreBOM: 0 });
  equal(
    `${decoder.fatal} ${decoder.ignoreBOM} ${decoder.encoding} ${decoder}`,
    "true false utf-8 [object TextDecoder]",
    "getters",
  );
}
