/** `w` for wrong, `h` for harmless, `?` where the oracle could not tell. */
export function storedAnswers(): ReadonlyMap<string, "w" | "h" | "?">;
