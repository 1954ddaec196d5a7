import type { Context } from "../expr/context.js";
import { infoOf } from "./makeWorlds.js";
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
		...[...world.domains].flatMap(([name, domain]) => measures(name, domain)),
		...[...world.tables].flatMap(([name, { weights }]) =>
			concentrations(name, weights.length),
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
			return [scaling(-1), ...scales, ...eachEntry(value, -1)];
		case "positive":
		case "nonnegative":
			return [...scales, ...eachEntry(value, 0.1), ...eachEntry(value, 10)];
		case "posdef":
			return scales;
		case "probability":
			return [0.01, 0.5, 0.99].map((p) => leaves(() => p));
		case "simplex":
			return Array.from({ length: lastLength(value) }, (_, at) => near(at));
		default:
			return [];
	}
}

/** Short decimals stay short decimals. */
function rounded(n: number): number {
	return Number(n.toPrecision(4));
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

const mostEntries = 6;

/** One entry after the other by a factor; none for a single number, which `scaling` moves. */
function eachEntry(value: WorldValue, factor: number): Change[] {
	const count = [value].flat(9 as 1).length;
	if (count < 2 || count > mostEntries) return [];
	return Array.from({ length: count }, (_, moved) =>
		leaves((n, at) => (at === moved ? rounded(n * factor) : n)),
	);
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
