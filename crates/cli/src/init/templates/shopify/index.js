const MINIMUM = 3;
const PERCENTAGE = 10;

/** Ten percent off every line of three or more pieces. */
export function cartLinesDiscountsGenerateRun({ cart }) {
  const lines = cart.lines.filter((line) => line.quantity >= MINIMUM);
  if (lines.length === 0) return { operations: [] };
  const candidate = {
    message: `${PERCENTAGE}% off ${MINIMUM} or more`,
    targets: lines.map((line) => ({ cartLine: { id: line.id } })),
    value: { percentage: { value: PERCENTAGE.toFixed(1) } },
  };
  return {
    operations: [{ productDiscountsAdd: { candidates: [candidate], selectionStrategy: "FIRST" } }],
  };
}
