export const value = await new Promise((resolve) => resolve(7));
