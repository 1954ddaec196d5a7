import type { Row } from "./rows.js";
import { scan, trimmed } from "./scan.js";

/**
 * Sets equations that stand side by side, apart by `\quad` or `\qquad`, on rows of their own where more than one of
 * them has a verdict. `offsets` are those of the verdicts.
 */
export function separateEquations(
	source: string,
	rows: readonly Row[],
	offsets: readonly number[],
): readonly Row[] {
	return rows.flatMap((row) => {
		const own = offsets.filter((at) => row.start <= at && at < row.end);
		if (own.length < 2 || row.cells.length !== 1) return [row];
		return piecesWithVerdict(source, row, own);
	});
}

function piecesWithVerdict(
	source: string,
	row: Row,
	offsets: readonly number[],
): readonly Row[] {
	const pieces: { start: number; end: number }[] = [];
	for (const piece of piecesOf(source, row)) {
		const last = pieces.at(-1);
		const decides = offsets.some((at) => piece.start <= at && at < piece.end);
		// A remark such as `k = 1, …, K` has no verdict and stays with the equation before it.
		if (last !== undefined && !decides) last.end = piece.end;
		else pieces.push({ ...piece });
	}
	if (pieces.length < 2) return [row];
	return pieces.map((piece, n) => {
		const [start, end] = trimmed(source, piece.start, piece.end);
		const ends = n === pieces.length - 1;
		return {
			start,
			end,
			cells: [source.slice(start, end)],
			tag: ends ? row.tag : null,
			labels: ends ? row.labels : [],
			isNumbered: ends && row.isNumbered,
			isUnnumbered: row.isUnnumbered,
		};
	});
}

function piecesOf(
	source: string,
	row: Row,
): readonly { readonly start: number; readonly end: number }[] {
	const gaps = scan(source, row.start, row.end).filter(
		(mark) => mark.depth === 0 && /^\\q?quad$/.test(mark.text),
	);
	const starts = [row.start, ...gaps.map((gap) => gap.start + gap.text.length)];
	const ends = [...gaps.map((gap) => gap.start), row.end];
	return starts.map((start, n) => ({ start, end: ends[n] ?? row.end }));
}
