import type { ReadSide } from "../elaborate/index.js";

/** A side as written; KaTeX places some formulas short of their closing braces. */
export function written(side: Pick<ReadSide, "surface">, source: string): string {
  const { start, end } = side.surface.span;
  let stop = end;
  const open = () => [...source.slice(start, stop)].reduce((n, c) => n + (c === "{" ? 1 : c === "}" ? -1 : 0), 0);
  while (stop < source.length && source[stop] === "}" && open() > 0) stop += 1;
  return source.slice(start, stop).trim();
}
