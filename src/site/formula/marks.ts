/** A range of a formula that the page points at: what differs from the repair, or where something is missing. */
export interface FormulaMark {
	readonly kind: "differs" | "missing" | "changed";
	readonly start: number;
	/** Equal to `start` where something is missing. */
	readonly end: number;
}

/** The classes by which the page's style knows them. */
export const markClasses: ReadonlySet<string> = new Set([
	"tb-differs",
	"tb-missing",
	"tb-changed",
]);

/**
 * The source with its marks as groups that have a class. Marks may not overlap. Braces around a group keep it one
 * argument, as in `x^2`, at the price of the space that an operator in it would have.
 */
export function withMarks(
	source: string,
	marks: readonly FormulaMark[],
	inBraces: boolean,
): string {
	const [open, close] = inBraces ? ["{", "}"] : ["", ""];
	let marked = source;
	const fromTheEnd = marks.toSorted((a, b) => b.start - a.start);
	for (const { kind, start, end } of fromTheEnd) {
		const inner = start === end ? "\\," : source.slice(start, end);
		marked = `${marked.slice(0, start)}${open}\\htmlClass{tb-${kind}}{${inner}}${close}${marked.slice(end)}`;
	}
	return marked;
}

/** The same marks, counted from elsewhere. */
export function shifted(
	marks: readonly FormulaMark[],
	by: number,
): readonly FormulaMark[] {
	return marks.map((mark) => ({
		...mark,
		start: mark.start + by,
		end: mark.end + by,
	}));
}
