import type {
	CheckedSheet,
	CheckedStep,
	CheckedUpdate,
} from "../check/result.js";
import type { Display, Sheet } from "../sheet/sheet.js";

/** Something that has a verdict, numbered in the order of the page. */
export type Item =
	| {
			readonly kind: "step";
			readonly number: number;
			readonly checked: CheckedStep;
	  }
	| {
			readonly kind: "update";
			readonly number: number;
			readonly checked: CheckedUpdate;
	  };

/** Where every verdict stands: each step and update is in exactly one of the two. */
export interface Placement {
	/** By the ordinal of the display. */
	readonly byDisplay: ReadonlyMap<number, readonly Item[]>;
	/** Those that belong to no display of the sheet, such as updates in the prose. */
	readonly elsewhere: readonly Item[];
}

/** Finds the display of each verdict: a step names it, an update is found by its line. */
export function place(sheet: Sheet, checked: CheckedSheet): Placement {
	const byDisplay = new Map<number, Item[]>();
	const elsewhere: Item[] = [];
	for (const item of itemsOf(checked)) {
		const display =
			item.kind === "step"
				? (sheet.displays[item.checked.display] ?? null)
				: displayAt(sheet, item.checked);
		if (display === null) elsewhere.push(item);
		else entry(byDisplay, display.ordinal).push(item);
	}
	return { byDisplay, elsewhere };
}

function itemsOf(checked: CheckedSheet): readonly Item[] {
	const items = [
		...checked.steps.map((step) => ({ kind: "step" as const, checked: step })),
		...checked.updates.map((update) => ({
			kind: "update" as const,
			checked: update,
		})),
	];
	const inOrder = items.sort((a, b) => byPosition(a.checked, b.checked));
	let steps = 0;
	let updates = 0;
	return inOrder.map((item) =>
		item.kind === "step"
			? { ...item, number: ++steps }
			: { ...item, number: ++updates },
	);
}

interface Point {
	readonly line: number;
	readonly column: number;
}

/** Negative if `a` stands before `b`. */
export function byPosition(a: Point, b: Point): number {
	return a.line - b.line || a.column - b.column;
}

function displayAt(sheet: Sheet, point: Point): Display | null {
	return (
		sheet.displays.findLast(
			(display) =>
				byPosition(display, point) <= 0 && point.line <= display.endLine,
		) ?? null
	);
}

function entry(map: Map<number, Item[]>, key: number): Item[] {
	const known = map.get(key);
	if (known) return known;
	const fresh: Item[] = [];
	map.set(key, fresh);
	return fresh;
}

/** The place of an item by the order of the rows: its row is the last one that begins no later than the item. */
export function assignToRows(
	items: readonly Item[],
	rowStarts: readonly Point[],
): readonly (readonly Item[])[] {
	const rows: Item[][] = rowStarts.map(() => []);
	for (const item of items) {
		const row = rowStarts.findLastIndex(
			(start) => byPosition(start, item.checked) <= 0,
		);
		rows[Math.max(row, 0)]?.push(item);
	}
	return rows;
}
