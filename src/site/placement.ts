import type {
	CheckedSheet,
	CheckedStep,
	CheckedUpdate,
} from "../check/result.js";
import type { Display, Sheet } from "../sheet/sheet.js";

/** Something that has a verdict. */
export type Item = Named &
	(
		| { readonly kind: "step"; readonly checked: CheckedStep }
		| { readonly kind: "update"; readonly checked: CheckedUpdate }
	);

interface Named {
	/** In the order of the page; on a page without anchors, in that of its display. */
	readonly number: number;
	/** `step-3`; null where the sheet is being written, so that nothing moves on below what is written. */
	readonly anchor: string | null;
	/** By which a repair that is shown is known. */
	readonly key: string;
}

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
	const counts = { step: 0, update: 0 };
	return inOrder.map((item) => {
		const number = ++counts[item.kind];
		const anchor = `${item.kind}-${number}`;
		return { ...item, number, anchor, key: anchor };
	});
}

/** The same without anchors, numbered display by display. */
export function withoutAnchors(placement: Placement): Placement {
	const plain = (items: readonly Item[], of: string) => {
		const counts = { step: 0, update: 0 };
		return items.map((item) => {
			const number = ++counts[item.kind];
			return {
				...item,
				number,
				anchor: null,
				key: `${item.kind}-${of}-${number}`,
			};
		});
	};
	return {
		byDisplay: new Map(
			[...placement.byDisplay].map(([ordinal, items]) => [
				ordinal,
				plain(items, String(ordinal)),
			]),
		),
		elsewhere: plain(placement.elsewhere, "prose"),
	};
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
