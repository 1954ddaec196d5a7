import text from "../sheets/a-gaussian-mean.md";

/** The sheet that the playground opens with: short, with one slip in its last row. */
export const starter = text;
