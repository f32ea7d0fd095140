export const count = "other";
