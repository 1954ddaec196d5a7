import type { ModelGraph } from "./model.js";

/** Where a node stands in a grid; rows count downwards. */
export interface Cell {
	readonly column: number;
	readonly row: number;
}

/** Work that the search may do, in arrangements looked at: a fraction of a second for the largest models. */
const most = 12_000;
/** Models with more nodes than this are laid out by rank alone. */
const mostNodes = 24;

/**
 * Puts the nodes of a graph into a grid: parents above children, edges short and apart, and nothing inside of a plate that
 * does not belong there. A search by single moves from several starts, always the same for the same graph.
 */
export function place(graph: ModelGraph): readonly Cell[] {
	const start = byRank(graph);
	if (graph.nodes.length > mostNodes) return start;
	const random = generator(graph.nodes.length);
	const { width, height } = boundsOf(start);
	const size = { width: width + 2, height: height + 1 };
	let best = start;
	let least = costOf(graph, start);
	let looked = 0;
	let current = start;
	let cost = least;
	while (looked < most) {
		// The later, the less of a step back is taken.
		const patience = 40 * (1 - (looked % 3_000) / 3_000) ** 2;
		const next = moved(current, size, random);
		const nextCost = costOf(graph, next);
		looked += 1;
		if (nextCost <= cost || random() < Math.exp((cost - nextCost) / patience)) {
			current = next;
			cost = nextCost;
		}
		if (cost < least) {
			best = current;
			least = cost;
		}
		if (looked % 3_000 === 0) {
			current = best;
			cost = least;
		}
	}
	return normalized(best);
}

/** Each node below all of its parents, side by side with others of its rank; known parameters just above their children. */
function byRank(graph: ModelGraph): readonly Cell[] {
	const ranks = graph.nodes.map(() => 0);
	for (let pass = 0; pass < graph.nodes.length; pass++)
		for (const [from, to] of graph.edges)
			ranks[to] = Math.max(ranks[to] ?? 0, (ranks[from] ?? 0) + 1);
	for (const [n, node] of graph.nodes.entries()) {
		const children = graph.edges.filter(([from]) => from === n);
		if (node.kind === "fixed" && children.length > 0)
			ranks[n] = Math.min(...children.map(([, to]) => ranks[to] ?? 0)) - 1;
	}
	const used = new Map<number, number>();
	return ranks.map((row) => {
		const column = used.get(row) ?? 0;
		used.set(row, column + 1);
		return { column, row };
	});
}

/** One node moved to another cell; if that is taken, the two change places. */
function moved(
	cells: readonly Cell[],
	size: { width: number; height: number },
	random: () => number,
): readonly Cell[] {
	const pick = (count: number) => Math.floor(random() * count);
	const n = pick(cells.length);
	const target = { column: pick(size.width), row: pick(size.height) };
	const from = cells[n] ?? target;
	return cells.map((cell, k) => {
		if (k === n) return target;
		return cell.column === target.column && cell.row === target.row
			? from
			: cell;
	});
}

const weights = {
	stranger: 120,
	touching: 60,
	upward: 14,
	level: 2,
	through: 40,
	crossing: 12,
	length: 3,
	column: 4,
	row: 5,
	inside: 2,
};

/** What is wrong with an arrangement, added up. */
function costOf(graph: ModelGraph, cells: readonly Cell[]): number {
	const { width, height } = boundsOf(cells);
	return (
		weights.column * width +
		weights.row * height +
		platesCost(graph, cells) +
		edgesCost(graph, cells)
	);
}

function platesCost(graph: ModelGraph, cells: readonly Cell[]): number {
	let cost = 0;
	const members = graph.plates.map(({ key }) =>
		graph.nodes.map((node) => node.plates.includes(key)),
	);
	const boxes = members.map((own) => boxOf(cells.filter((_, n) => own[n])));
	for (const [p, box] of boxes.entries()) {
		cost += weights.inside * (box.right - box.left + box.bottom - box.top);
		for (const [n, cell] of cells.entries())
			if (!members[p]?.[n] && holds(box, cell)) cost += weights.stranger;
		for (const [q, other] of boxes.entries()) {
			const share = members[p]?.some((is, n) => is && members[q]?.[n]);
			if (q > p && !share && meet(box, other)) cost += weights.touching;
		}
	}
	return cost;
}

function edgesCost(graph: ModelGraph, cells: readonly Cell[]): number {
	let cost = 0;
	for (const [e, [from, to]] of graph.edges.entries()) {
		const [a, b] = [cells[from], cells[to]];
		if (a === undefined || b === undefined) continue;
		const [dx, dy] = [Math.abs(b.column - a.column), b.row - a.row];
		cost += weights.length * (Math.hypot(dx, dy) + 0.2 * dx);
		if (graph.nodes[from]?.kind !== "fixed") {
			if (dy < 0) cost -= weights.upward * dy;
			else if (dy === 0) cost += weights.level;
		} else if (dy < 0) cost -= weights.level * dy;
		for (const [n, cell] of cells.entries())
			if (n !== from && n !== to && between(a, b, cell))
				cost += weights.through;
		for (const [f, t] of graph.edges.slice(e + 1)) {
			const [c, d] = [cells[f], cells[t]];
			if (c && d && cross(a, b, c, d)) cost += weights.crossing;
		}
	}
	return cost;
}

export interface Box {
	readonly left: number;
	readonly right: number;
	readonly top: number;
	readonly bottom: number;
}

/** The smallest box of cells around some; it holds nothing if there are none. */
export function boxOf(cells: readonly Cell[]): Box {
	const columns = cells.map((cell) => cell.column);
	const rows = cells.map((cell) => cell.row);
	return {
		left: Math.min(...columns),
		right: Math.max(...columns),
		top: Math.min(...rows),
		bottom: Math.max(...rows),
	};
}

function boundsOf(cells: readonly Cell[]): { width: number; height: number } {
	const box = boxOf(cells);
	return { width: box.right - box.left + 1, height: box.bottom - box.top + 1 };
}

function holds(box: Box, { column, row }: Cell): boolean {
	return (
		box.left <= column &&
		column <= box.right &&
		box.top <= row &&
		row <= box.bottom
	);
}

function meet(a: Box, b: Box): boolean {
	return (
		a.left <= b.right &&
		b.left <= a.right &&
		a.top <= b.bottom &&
		b.top <= a.bottom
	);
}

/** Twice the area of the triangle, with its sign: 0 if the three lie on a line. */
function turn(a: Cell, b: Cell, c: Cell): number {
	return (
		(b.column - a.column) * (c.row - a.row) -
		(b.row - a.row) * (c.column - a.column)
	);
}

/** Whether a cell lies on the way from one to another, or so near that the line would touch it. */
function between(a: Cell, b: Cell, cell: Cell): boolean {
	const length = Math.hypot(b.column - a.column, b.row - a.row);
	if (length === 0) return false;
	const along =
		((cell.column - a.column) * (b.column - a.column) +
			(cell.row - a.row) * (b.row - a.row)) /
		length ** 2;
	return along > 0 && along < 1 && Math.abs(turn(a, b, cell)) / length < 0.4;
}

function cross(a: Cell, b: Cell, c: Cell, d: Cell): boolean {
	return turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0;
}

/** Rows and columns from 0, without empty ones. */
function normalized(cells: readonly Cell[]): readonly Cell[] {
	const ranksOf = (values: readonly number[]) => {
		const sorted = [...new Set(values)].toSorted((a, b) => a - b);
		return new Map(sorted.map((value, n) => [value, n]));
	};
	const columns = ranksOf(cells.map((cell) => cell.column));
	const rows = ranksOf(cells.map((cell) => cell.row));
	return cells.map(({ column, row }) => ({
		column: columns.get(column) ?? 0,
		row: rows.get(row) ?? 0,
	}));
}

/** Numbers from 0 to 1 that look random and are always the same (a linear congruence, Numerical Recipes). */
function generator(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return state / 2 ** 32;
	};
}
