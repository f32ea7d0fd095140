// Runs a program as `jsc run` does: its default export takes the JSON of standard input, what it returns is printed.
// node run.mjs programs/NAME.mjs < programs/NAME.json
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const program = await import(pathToFileURL(process.argv[2]));
const output = await program.default(JSON.parse(readFileSync(0, 'utf8')));
if (output !== undefined) {
  process.stdout.write(JSON.stringify(output));
}
