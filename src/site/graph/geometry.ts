import type { ModelGraph, Node } from "./model.js";
import { type Box, boxOf, type Cell, place } from "./place.js";

/** Lengths in the units of the drawing, which are CSS pixels at its natural size. */
export const radius = 21;
const dotRadius = 4;
/** Between the outlines of neighbouring nodes, where no plate ends between them. */
const gap = 40;
/** From a node to the plate around it; a plate around a plate has that much more. */
const padding = 15;
/** Around all of it, where no plate is: the names of known parameters reach into it. */
const margin = 16;
/** Below the nodes of a plate, for what the plate repeats. */
const caption = 17;

export interface Point {
	readonly x: number;
	readonly y: number;
}

export interface Geometry {
	readonly width: number;
	readonly height: number;
	readonly centres: readonly Point[];
	/** In the order of the graph's plates. */
	readonly plates: readonly Rectangle[];
	readonly arrows: readonly { readonly from: Point; readonly to: Point }[];
}

export interface Rectangle extends Point {
	readonly width: number;
	readonly height: number;
	/** How many plates stand inside of it, one in the other. */
	readonly depth: number;
}

const known = new WeakMap<ModelGraph, Geometry>();

/** The layout of a graph, made once. */
export function layOutGraph(graph: ModelGraph): Geometry {
	const geometry = known.get(graph) ?? makeGeometry(graph);
	known.set(graph, geometry);
	return geometry;
}

/** Lays a graph out: its nodes in a grid whose lines are as far apart as the plates between them need. */
function makeGeometry(graph: ModelGraph): Geometry {
	const cells = place(graph);
	const boxes = graph.plates.map(({ key }) =>
		boxOf(cells.filter((_, n) => graph.nodes[n]?.plates.includes(key))),
	);
	const depths = depthsOf(boxes);
	const xs = columnsOf(cells, boxes, depths);
	const ys = rowsOf(cells, boxes, depths);
	const centres = cells.map(({ column, row }) => ({
		x: xs.at[column] ?? 0,
		y: ys.at[row] ?? 0,
	}));
	const plates = boxes.map((box, p): Rectangle => {
		const depth = depths[p] ?? 0;
		const pad = radius + padding * (depth + 1);
		const left = (xs.at[box.left] ?? 0) - pad;
		const top = (ys.at[box.top] ?? 0) - pad;
		return {
			x: left,
			y: top,
			width: (xs.at[box.right] ?? 0) + pad - left,
			height: (ys.at[box.bottom] ?? 0) + pad + caption * (depth + 1) - top,
			depth,
		};
	});
	const arrows = graph.edges.map(([from, to]) =>
		arrow([graph.nodes[from], centres[from]], [graph.nodes[to], centres[to]]),
	);
	return { width: xs.end, height: ys.end, centres, plates, arrows };
}

/** A plate stands inside of another whose box holds its own; of two with one box, the later one inside. */
function depthsOf(boxes: readonly Box[]): readonly number[] {
	const isInside = (a: number, b: number) => {
		const [inner, outer] = [boxes[a] as Box, boxes[b] as Box];
		const within =
			outer.left <= inner.left &&
			inner.right <= outer.right &&
			outer.top <= inner.top &&
			inner.bottom <= outer.bottom;
		const same =
			within &&
			outer.left === inner.left &&
			inner.right === outer.right &&
			outer.top === inner.top &&
			inner.bottom === outer.bottom;
		return a !== b && within && (!same || a > b);
	};
	const depth = (p: number): number =>
		Math.max(0, ...boxes.map((_, q) => (isInside(q, p) ? depth(q) + 1 : 0)));
	// Plates that overlap share corners unless their borders differ.
	return spread(
		boxes,
		boxes.map((_, p) => depth(p)),
	);
}

/** Borders of different plates must not fall into one line: a plate that ends where another does gets another depth. */
function spread(
	boxes: readonly Box[],
	depths: readonly number[],
): readonly number[] {
	const settled: number[] = [];
	const order = depths
		.map((_, p) => p)
		.toSorted((a, b) => (depths[a] ?? 0) - (depths[b] ?? 0) || b - a);
	for (const p of order) {
		let depth = depths[p] ?? 0;
		const clashes = () =>
			order.some(
				(q) =>
					q !== p &&
					settled[q] === depth &&
					shareLine(boxes[p] as Box, boxes[q] as Box),
			);
		while (clashes()) depth += 1;
		settled[p] = depth;
	}
	return settled;
}

function shareLine(a: Box, b: Box): boolean {
	const rowsMeet = a.top <= b.bottom && b.top <= a.bottom;
	const columnsMeet = a.left <= b.right && b.left <= a.right;
	return (
		(rowsMeet && (a.left === b.left || a.right === b.right)) ||
		(columnsMeet && (a.top === b.top || a.bottom === b.bottom))
	);
}

interface Lines {
	readonly at: readonly number[];
	readonly end: number;
}

function columnsOf(
	cells: readonly Cell[],
	boxes: readonly Box[],
	depths: readonly number[],
): Lines {
	const count = Math.max(...cells.map((cell) => cell.column)) + 1;
	const spaces = boxes.map((box, p) => {
		const space = padding * ((depths[p] ?? 0) + 1);
		return { first: box.left, last: box.right, before: space, after: space };
	});
	return linesOf(count, spaces);
}

function rowsOf(
	cells: readonly Cell[],
	boxes: readonly Box[],
	depths: readonly number[],
): Lines {
	const count = Math.max(...cells.map((cell) => cell.row)) + 1;
	const spaces = boxes.map((box, p) => {
		const levels = (depths[p] ?? 0) + 1;
		return {
			first: box.top,
			last: box.bottom,
			before: padding * levels,
			after: (padding + caption) * levels,
		};
	});
	return linesOf(count, spaces);
}

/** Lines of a grid with room for what begins before them and ends after them. */
function linesOf(
	count: number,
	spaces: readonly {
		readonly first: number;
		readonly last: number;
		readonly before: number;
		readonly after: number;
	}[],
): Lines {
	const most = (values: readonly number[]) => Math.max(0, ...values);
	const before = (n: number) =>
		most(spaces.filter((s) => s.first === n).map((s) => s.before));
	const after = (n: number) =>
		most(spaces.filter((s) => s.last === n).map((s) => s.after));
	const edge = 3;
	const at: number[] = [];
	let position = edge + radius + Math.max(before(0), margin);
	for (let n = 0; n < count; n++) {
		at.push(position);
		const between = after(n) + before(n + 1);
		position += 2 * radius + Math.max(gap, between + gap / 2);
	}
	const last = at.at(-1) ?? 0;
	return { at, end: last + radius + Math.max(after(count - 1), margin) + edge };
}

type Placed = readonly [Node | undefined, Point | undefined];

/** From outline to outline. */
function arrow([from, a]: Placed, [to, b]: Placed) {
	const start = a ?? { x: 0, y: 0 };
	const end = b ?? start;
	const length = Math.hypot(end.x - start.x, end.y - start.y) || 1;
	const along = (distance: number): Point => ({
		x: start.x + ((end.x - start.x) * distance) / length,
		y: start.y + ((end.y - start.y) * distance) / length,
	});
	return {
		from: along(outline(from)),
		to: along(length - outline(to) - 1),
	};
}

function outline(node: Node | undefined): number {
	return node?.kind === "fixed" ? dotRadius : radius;
}
