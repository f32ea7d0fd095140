const encoder = new TextEncoder();
const bytes = encoder.encode("a é € 😀 \ud800");
const decoder = new TextDecoder();
const streaming = new TextDecoder();
const first = streaming.decode(bytes.subarray(0, 3), { stream: true });
const into = new Uint8Array(6);
const { read, written } = encoder.encodeInto("é€😀", into);
console.log(bytes.length, decoder.decode(bytes), first + streaming.decode(bytes.subarray(3)), read, written);
console.log(decoder.decode(Uint8Array.of(0xef, 0xbb, 0xbf, 65, 0xff, 66)), decoder.encoding, decoder.fatal);
try { new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.of(0xff)); } catch (error) { console.log(error.name); }
