const steps = [];
async function chain() {
  for (let i = 0; i < 4; i++) {
    steps.push(i);
    await i;
    if (i === 2) console.log("in a job", steps.join());
  }
  return "chained";
}
const result = chain();
result.then((text) => console.log(text, steps.join()));
steps.push("top level");
