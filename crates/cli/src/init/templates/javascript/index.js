// This runs once, when the function is compiled.
const fallback = ["stranger", "friend"].at(-1);

/**
 * What is read from standard input as JSON comes in, what is returned goes to standard output as JSON.
 *
 * @param {{ name?: string }} input
 * @returns {{ greeting: string }}
 */
export default function (input) {
  return { greeting: `Hello, ${input.name ?? fallback}!` };
}
