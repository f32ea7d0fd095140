// The default export is called once per run: what it takes is stdin parsed as JSON, what it returns is stdout.
export default function hello({ name = "world" } = {}) {
  return { greeting: `Hello, ${name}!` };
}
