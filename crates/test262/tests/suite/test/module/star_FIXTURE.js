export * from "./exports_FIXTURE.js";
export * from "./star-other_FIXTURE.js";
export const own = "own";
