import type { Context } from "../expr/context.js";
import { infoOf } from "./makeWorlds.js";
import { leavesOf } from "./places.js";
import type { FiniteDomain } from "./tables.js";
import type { World, WorldValue } from "./world.js";

/** A change of one thing in a world that keeps it within the declared types. */
export type Move = (world: World) => World;

type Change = (value: WorldValue) => WorldValue;

/** Steps that a search for the least gap of an inequality may take from a world: other signs, scales and concentrations. */
export function movesFrom(world: World, context: Context): readonly Move[] {
	return [
		...[...world.values].flatMap(([name, value]) =>
			changesOf(name, value, context).map((change) =>
				movingValue(name, change),
			),
		),
		...likeAnother(world, context),
		...[...world.domains].flatMap(([name, domain]) => measures(name, domain)),
		...[...world.tables].flatMap(([name, { weights }]) => [
			...concentrations(name, weights.length),
			...likeAnotherLaw(name, world),
		]),
	];
}

/** Smaller steps for where the usual ones lead no further: each number of a world by itself, by a part of it. */
export function fineMovesFrom(
	world: World,
	context: Context,
	part: number,
): readonly Move[] {
	const factors = [1 + part, 1 - part];
	return [...world.values].flatMap(([name, value]) => {
		const type = context.symbols.get(name)?.type ?? "";
		if (type === "posdef")
			return stretched(value, factors).map((c) => movingValue(name, c));
		const count = leavesOf(value).length;
		if (!finelyMoved.has(type) || count > mostEntries) return [];
		return factors.flatMap((factor) =>
			Array.from({ length: count }, (_, moved) =>
				movingValue(name, scalingOf(moved, factor, 7)),
			),
		);
	});
}

const finelyMoved: ReadonlySet<string> = new Set([
	"real",
	"positive",
	"nonnegative",
]);

const mostPairs = 12;

/** One symbol with the value of another of its type and shape: where many a gap closes. */
function likeAnother(world: World, context: Context): readonly Move[] {
	const kinds = [...world.values].map(([name]) => {
		const info = context.symbols.get(name);
		return [name, info && JSON.stringify([info.type, info.dims])] as const;
	});
	return kinds
		.flatMap(([name, kind]) =>
			kinds.flatMap(([other, same]) =>
				kind !== undefined && other !== name && same === kind
					? [
							(from: World): World => ({
								...from,
								values: new Map(from.values).set(
									name,
									from.values.get(other) as WorldValue,
								),
							}),
						]
					: [],
			),
		)
		.slice(0, mostPairs);
}

/** A law with the weights of another one over the same variables, or with equal ones. */
function likeAnotherLaw(name: string, { tables }: World): readonly Move[] {
	const axes = (n: string) => JSON.stringify(tables.get(n)?.axes);
	const withWeights =
		(weights: (world: World) => readonly number[]): Move =>
		(world) => {
			const table = world.tables.get(name);
			if (!table) return world;
			const changed = { ...table, weights: weights(world) };
			return { ...world, tables: new Map(world.tables).set(name, changed) };
		};
	const length = tables.get(name)?.weights.length ?? 0;
	const others = [...tables.keys()].filter(
		(n) => n !== name && axes(n) === axes(name),
	);
	return [
		withWeights(() => new Array<number>(length).fill(1)),
		...others.map((n) =>
			withWeights((world) => world.tables.get(n)?.weights ?? []),
		),
	];
}

function movingValue(name: string, change: Change): Move {
	return (world) => ({
		...world,
		values: new Map(world.values).set(
			name,
			change(world.values.get(name) as WorldValue),
		),
	});
}

function changesOf(
	name: string,
	value: WorldValue,
	context: Context,
): readonly Change[] {
	if (context.symbols.get(name)?.type === "unnamed") return [];
	const scales = [0.1, 0.8, 1.25, 10].map((factor) => scaling(factor));
	const info = infoOf(name, context);
	if (info.above !== undefined) return [1.25, 10].map((f) => scaling(f));
	switch (info.type) {
		case "real":
			return [
				scaling(-1),
				scaling(0),
				...scales,
				...allAlike(value),
				...eachEntry(value, -1),
			];
		case "positive":
		case "nonnegative":
			return [
				...scales,
				...allAlike(value),
				...eachEntry(value, 0.1),
				...eachEntry(value, 10),
			];
		case "symmetric":
			return [scaling(-1), scaling(0), ...scales, ...ofMatrix(value)];
		case "posdef":
			return [...scales, ...ofMatrix(value)];
		case "probability":
			return [0.01, 0.5, 0.99].map((p) => leaves(() => p));
		case "simplex":
			return [
				...Array.from({ length: lastLength(value) }, (_, at) => near(at)),
				even,
			];
		case "count":
			return [
				leaves((n) => Math.min(n + 1, mostCount)),
				leaves((n) => Math.max(0, n - 1)),
			];
		default:
			return [];
	}
}

/** Short decimals stay short decimals. */
function rounded(n: number, digits = 4): number {
	return Number(n.toPrecision(digits));
}

function leaves(change: (n: number, at: number) => number): Change {
	return (value) => {
		let at = 0;
		const of = (v: WorldValue): WorldValue =>
			typeof v === "number" ? change(v, at++) : v.map(of);
		return of(value);
	};
}

function scaling(factor: number): Change {
	return leaves((n) => rounded(n * factor));
}

/** A larger count is not moved to: its factorial and its sums cost. */
const mostCount = 40;

const mostEntries = 6;

/** All entries as the first of them. */
function allAlike(value: WorldValue): Change[] {
	if (leavesOf(value).length < 2) return [];
	return [
		(v) => {
			const [first] = leavesOf(v);
			return leaves(() => first as number)(v);
		},
	];
}

/** Rows and columns stretched alike, and numbers beside the diagonal made smaller: both keep a matrix definite. */
function ofMatrix(value: WorldValue): Change[] {
	if (lastLength(value) < 2) return [];
	return [
		(v) => onMatrices(v, (n, r, c) => (r === c ? n : 0)),
		(v) => onMatrices(v, (n, r, c) => (r === c ? n : rounded(n / 2))),
		...stretched(value, [0.5, 0.9, 1.1, 2]),
	];
}

/** Each row, with its column, by each of the factors. */
function stretched(value: WorldValue, factors: readonly number[]): Change[] {
	return Array.from({ length: lastLength(value) }, (_, at) =>
		factors.map(
			(factor): Change =>
				(v) =>
					onMatrices(v, (n, r, c) => {
						const times = (r === at ? factor : 1) * (c === at ? factor : 1);
						return rounded(n * times, 8);
					}),
		),
	).flat();
}

function onMatrices(
	value: WorldValue,
	change: (n: number, row: number, column: number) => number,
): WorldValue {
	if (typeof value === "number") return value;
	const [first] = value;
	const isMatrix =
		first !== undefined &&
		typeof first !== "number" &&
		typeof first[0] === "number";
	return isMatrix
		? value.map((row, r) =>
				(row as readonly number[]).map((n, c) => change(n, r, c)),
			)
		: value.map((v) => onMatrices(v, change));
}

/** One entry after the other by a factor; none for a single number, which `scaling` moves. */
function eachEntry(value: WorldValue, factor: number): Change[] {
	const count = leavesOf(value).length;
	if (count < 2 || count > mostEntries) return [];
	return Array.from({ length: count }, (_, moved) => scalingOf(moved, factor));
}

function scalingOf(moved: number, factor: number, digits?: number): Change {
	return leaves((n, at) => (at === moved ? rounded(n * factor, digits) : n));
}

function lastLength(value: WorldValue): number {
	if (typeof value === "number") return 0;
	const [first] = value;
	return typeof first === "number" ? value.length : lastLength(first ?? 0);
}

/** Every row of a simplex close to its corner `at`. */
function near(at: number): Change {
	const corner = (row: readonly WorldValue[]): WorldValue[] => {
		const rest = row.length - 1;
		const share = rest === 0 ? 0 : 2 ** -6 / rest;
		return row.map((_, i) => (i === at ? 1 - share * rest : share));
	};
	const of = (value: WorldValue): WorldValue =>
		typeof value === "number" || typeof value[0] === "number"
			? corner(value as readonly WorldValue[])
			: value.map(of);
	return of;
}

/** Every row of a simplex with equal entries, as near as a double gets. */
function even(value: WorldValue): WorldValue {
	if (typeof value === "number") return value;
	return typeof value[0] === "number"
		? value.map(() => 1 / value.length)
		: value.map(even);
}

/** Other base measures of an integral; a counting sum has only one, whose weights are all 1. */
function measures(name: string, { weights }: FiniteDomain): readonly Move[] {
	if (weights.every((w) => w === 1)) return [];
	return [0.1, 10].map((factor) => (world) => {
		const domain = world.domains.get(name) as FiniteDomain;
		const scaled = domain.weights.map((w) => rounded(w * factor));
		return {
			...world,
			domains: new Map(world.domains).set(name, { ...domain, weights: scaled }),
		};
	});
}

/** Laws with nearly all of their mass at one entry of the joint. */
function concentrations(name: string, length: number): readonly Move[] {
	return Array.from({ length: Math.min(length, 12) }, (_, at) => (world) => {
		const table = world.tables.get(name);
		if (!table) return world;
		const weights = table.weights.map((w, i) => (i === at ? w * 50 : w));
		return {
			...world,
			tables: new Map(world.tables).set(name, { ...table, weights }),
		};
	});
}
