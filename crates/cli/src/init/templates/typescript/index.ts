interface Input {
  name?: string;
}

interface Output {
  greeting: string;
}

// This runs once, when the function is compiled.
const fallback = ["stranger", "friend"].at(-1);

/** What is read from standard input as JSON comes in, what is returned goes to standard output as JSON. */
export default function (input: Input): Output {
  return { greeting: `Hello, ${input.name ?? fallback}!` };
}
