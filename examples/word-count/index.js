// A program without exported functions runs like a script. It is evaluated while compiling up to the first statement
// that needs the outside world, here the call of `readAll` near the end; a run continues from there.

const TOP = 10;
const STOP_WORDS = new Set(
  `a all an and are as at be but by for from had has have he her his i in is it its my no not of on or our she so
   that the their them then there they this to us was we were what when which who will with would you`.split(/\s+/),
);

// Letters of every script, with their accents, and apostrophes or hyphens inside a word.
const WORD = /\p{L}\p{M}*(?:['’-]?\p{L}\p{M}*)*/gu;

/** Standard input as text. */
function readAll() {
  const decoder = new TextDecoder();
  const buffer = new Uint8Array(4096);
  let text = "";
  let length;
  while ((length = Javy.IO.readSync(0, buffer)) > 0) {
    // `stream` keeps the start of a character that continues in the next chunk.
    text += decoder.decode(buffer.subarray(0, length), { stream: true });
  }
  return text + decoder.decode();
}

/** How often each word occurs, the most frequent first and equals in the order of the alphabet. */
function countWords(words) {
  const counts = new Map();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}

const text = readAll();
const words = (text.match(WORD) ?? []).map((word) => word.normalize("NFC").toLowerCase());
const counts = countWords(words);
const lines = text.split("\n").length - (text.endsWith("\n") ? 1 : 0);

console.log(`${lines} lines, ${words.length} words, ${counts.length} different, ${text.length} characters`);
for (const [word, count] of counts.filter(([word]) => !STOP_WORDS.has(word)).slice(0, TOP)) {
  console.log(`${String(count).padStart(4)}  ${word}`);
}
