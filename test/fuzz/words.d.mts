export const pieces: readonly string[];
