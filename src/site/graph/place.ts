import type { ModelGraph } from "./model.js";

/** Where a node stands in a grid; rows count downwards. */
export interface Cell {
	readonly column: number;
	readonly row: number;
}

/** Work that the search may do, in arrangements looked at: a fraction of a second for the largest models. */
const most = { all: 8_000, byNodeSquared: 160 };
/** Models with more nodes than this are laid out by rank alone. */
const mostNodes = 24;

/** Where the nodes of the last graphs were put: a sheet's page and its entry show one graph, sheets of a course have one model. */
const known = new Map<string, readonly Cell[]>();
const mostKnown = 200;

/** Where the nodes of a graph stand in a grid. */
export function place(graph: ModelGraph): readonly Cell[] {
	const nodes = graph.nodes.map(({ kind, plates }) => [kind, plates]);
	const plates = graph.plates.map(({ key }) => key);
	const key = JSON.stringify([nodes, plates, graph.edges]);
	const cells = known.get(key) ?? search(graph);
	if (known.size >= mostKnown) known.clear();
	known.set(key, cells);
	return cells;
}

/**
 * Puts the nodes of a graph into a grid: parents above children, edges short and apart, and nothing inside of a plate that
 * does not belong there. A search by single moves from several starts, always the same for the same graph.
 */
function search(graph: ModelGraph): readonly Cell[] {
	const start = byRank(graph);
	if (graph.nodes.length > mostNodes) return start;
	const random = generator(graph.nodes.length);
	const { width, height } = boundsOf(start);
	const size = { width: width + 2, height: height + 1 };
	const costOf = costFunction(graph);
	let best = start;
	let least = costOf(start);
	const looks = Math.min(
		most.all,
		most.byNodeSquared * graph.nodes.length ** 2,
	);
	// Half way the search begins anew from the best that it has found.
	const round = looks / 2;
	let looked = 0;
	let current = start;
	let cost = least;
	while (looked < looks) {
		// The later, the less of a step back is taken.
		const patience = 40 * (1 - (looked % round) / round) ** 2;
		const next = moved(current, size, random);
		const nextCost = costOf(next);
		looked += 1;
		if (nextCost <= cost || random() < Math.exp((cost - nextCost) / patience)) {
			current = next;
			cost = nextCost;
		}
		if (cost < least) {
			best = current;
			least = cost;
		}
		if (looked % round === 0) {
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
	level: 6,
	under: 2,
	slant: 4,
	through: 40,
	crossing: 12,
	length: 3,
	column: 4,
	row: 5,
	inside: 2,
};

/** What is wrong with an arrangement of a graph, added up. */
function costFunction(graph: ModelGraph): (cells: readonly Cell[]) => number {
	const members = graph.plates.map(({ key }) =>
		graph.nodes.map((node) => node.plates.includes(key)),
	);
	return (cells) => {
		const { width, height } = boundsOf(cells);
		return (
			weights.column * width +
			weights.row * height +
			platesCost(members, cells) +
			edgesCost(graph, cells)
		);
	};
}

/** `members` says of each plate which nodes stand in it. */
function platesCost(
	members: readonly (readonly boolean[])[],
	cells: readonly Cell[],
): number {
	let cost = 0;
	const boxes = members.map((own) => boxOf(cells.filter((_, n) => own[n])));
	for (const [p, box] of boxes.entries()) {
		cost += weights.inside * (box.right - box.left + box.bottom - box.top);
		for (const [n, cell] of cells.entries())
			if (!members[p]?.[n] && holds(box, cell)) cost += weights.stranger;
		for (const [q, other] of boxes.entries()) {
			if (q <= p || !meet(box, other)) continue;
			const share = members[p]?.some((is, n) => is && members[q]?.[n]);
			if (!share) cost += weights.touching;
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
		if (dx > 0 && dy !== 0) cost += weights.slant;
		if (graph.nodes[from]?.kind !== "fixed") {
			if (dy < 0) cost -= weights.upward * dy;
			else if (dy === 0) cost += weights.level;
		} else if (dy < 0) cost -= weights.under * dy;
		for (const [n, cell] of cells.entries())
			if (n !== from && n !== to && between(a, b, cell))
				cost += weights.through;
		for (let f = e + 1; f < graph.edges.length; f++) {
			const other = graph.edges[f];
			const c = other && cells[other[0]];
			const d = other && cells[other[1]];
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
	const far = Number.POSITIVE_INFINITY;
	const box = { left: far, right: -far, top: far, bottom: -far };
	for (const { column, row } of cells) {
		box.left = Math.min(box.left, column);
		box.right = Math.max(box.right, column);
		box.top = Math.min(box.top, row);
		box.bottom = Math.max(box.bottom, row);
	}
	return box;
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
