// TextEncoder and TextDecoder (https://encoding.spec.whatwg.org).
(function (native) {
  "use strict";
  const { utf8Encode, utf8EncodeInto, utf8Decode, classOf } = native;
  const { isView } = ArrayBuffer;
  const define = (name, value) =>
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });

  // The labels of UTF-8 and UTF-16LE; no other encoding is here.
  const labels = { __proto__: null };
  for (const label of ["unicode-1-1-utf-8", "unicode11utf8", "unicode20utf8", "utf-8", "utf8", "x-unicode20utf8"])
    labels[label] = "utf-8";
  for (const label of ["csunicode", "iso-10646-ucs-2", "ucs-2", "unicode", "unicodefeff", "utf-16", "utf-16le"])
    labels[label] = "utf-16le";

  class TextEncoder {
    get encoding() {
      return "utf-8";
    }
    encode(input = "") {
      return utf8Encode(`${input}`);
    }
    encodeInto(source, destination) {
      if (classOf(destination) !== "Uint8Array") throw new TypeError("TextEncoder.encodeInto: not a Uint8Array");
      const both = utf8EncodeInto(`${source}`, destination);
      const written = both % 4294967296;
      return { read: (both - written) / 4294967296, written };
    }
  }

  class TextDecoder {
    #encoding;
    #fatal;
    #ignoreBOM;
    // Bytes of a character whose end is to come, and whether a byte order mark may still come.
    #held = null;
    #atStart = true;

    constructor(label = "utf-8", options = undefined) {
      const encoding = labels[`${label}`.trim().toLowerCase()];
      if (!encoding) throw new RangeError(`TextDecoder: the encoding '${label}' is not supported; utf-8 and utf-16le are`);
      this.#encoding = encoding;
      this.#fatal = !!options?.fatal;
      this.#ignoreBOM = !!options?.ignoreBOM;
    }
    get encoding() {
      return this.#encoding;
    }
    get fatal() {
      return this.#fatal;
    }
    get ignoreBOM() {
      return this.#ignoreBOM;
    }
    decode(input = undefined, options = undefined) {
      let buffer, offset, length;
      if (isView(input)) ({ buffer, byteOffset: offset, byteLength: length } = input);
      else if (input === undefined) (buffer = new ArrayBuffer(0)), (offset = 0), (length = 0);
      else {
        const kind = classOf(input);
        if (kind !== "ArrayBuffer" && kind !== "SharedArrayBuffer")
          throw new TypeError("TextDecoder.decode: not an ArrayBuffer or a view of one");
        (buffer = input), (offset = 0), (length = input.byteLength);
      }
      const stream = !!options?.stream;
      if (this.#held) {
        const joined = new Uint8Array(this.#held.length + length);
        joined.set(this.#held);
        joined.set(new Uint8Array(buffer, offset, length), this.#held.length);
        ({ buffer } = joined), (offset = 0), (length = joined.length);
        this.#held = null;
      }
      if (stream && length) {
        const bytes = new Uint8Array(buffer, offset, length);
        const keep = this.#encoding === "utf-8" ? unfinished8(bytes) : unfinished16(bytes);
        if (keep) {
          this.#held = bytes.slice(length - keep);
          length -= keep;
        }
      }
      let text;
      try {
        text =
          this.#encoding === "utf-8"
            ? utf8Decode(buffer, offset, length, this.#fatal)
            : decode16(new Uint8Array(buffer, offset, length), this.#fatal);
      } catch (error) {
        this.#held = null;
        this.#atStart = true;
        throw error;
      }
      if (this.#atStart && text) {
        if (!this.#ignoreBOM && text.charCodeAt(0) === 0xfeff) text = text.slice(1);
        this.#atStart = false;
      }
      if (!stream) this.#atStart = true;
      return text;
    }
  }

  // How many bytes at the end are the start of a character that may go on.
  function unfinished8(bytes) {
    const end = bytes.length;
    for (let count = 1; count <= 3 && count <= end; count++) {
      const byte = bytes[end - count];
      if (byte < 0x80) return 0;
      if (byte < 0xc0) continue;
      const size = byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : byte < 0xf5 ? 4 : 0;
      if (byte < 0xc2 || count >= size) return 0;
      // The second byte of some is bounded; a sequence out of bounds will not become a character.
      if (count > 1) {
        const second = bytes[end - count + 1];
        const low = byte === 0xe0 ? 0xa0 : byte === 0xf0 ? 0x90 : 0x80;
        const high = byte === 0xed ? 0x9f : byte === 0xf4 ? 0x8f : 0xbf;
        if (second < low || second > high) return 0;
      }
      return count;
    }
    return 0;
  }

  function unfinished16(bytes) {
    const odd = bytes.length & 1;
    const last = bytes[bytes.length - odd - 1];
    return last >= 0xd8 && last < 0xdc ? odd + 2 : odd;
  }

  function decode16(bytes, fatal) {
    const odd = bytes.length & 1;
    let text = "";
    for (let i = 0; i < bytes.length - odd; i += 2) text += String.fromCharCode(bytes[i] | (bytes[i + 1] << 8));
    // A lone surrogate in front of a lone byte is one error with it.
    if (odd && unfinished16(bytes) === 1) text += "\ufffd";
    if (fatal && (odd || !text.isWellFormed())) throw new TypeError("the encoded data is not valid UTF-16");
    return text.toWellFormed();
  }

  for (const [constructor, members] of [
    [TextEncoder, ["encoding", "encode", "encodeInto"]],
    [TextDecoder, ["encoding", "fatal", "ignoreBOM", "decode"]],
  ]) {
    for (const name of members) Object.defineProperty(constructor.prototype, name, { enumerable: true });
    Object.defineProperty(constructor.prototype, Symbol.toStringTag, { value: constructor.name, configurable: true });
    define(constructor.name, constructor);
  }
});
