import type { Dim } from "../../expr/tree.js";
import {
	type IndexScalar,
	mapParts,
	type Scalar,
	someScalar,
} from "../scalar.js";
import type {
	AccumulatorStatement,
	CollectStatement,
	LoopStatement,
	Statement,
} from "../statement.js";
import { isWhole, tiled, withBodies } from "./jam.js";
import { bodiesOf, rewrite } from "./rewrite.js";

/** Sums over the data that are formed in the same loops over components. */
interface Unit {
	/** The loops around, outermost first. */
	readonly loops: readonly LoopStatement[];
	readonly collects: readonly CollectStatement[];
}

/** How many sums may be under way at once: as many as there are registers for, beside what they are made from. */
const sumsAtOnce = 8;

/** What names things for a block. */
export interface BlockNames {
	fresh(base: string): string;
	/** A table with an element or more for each point of a block. */
	table(base: string, dims: readonly Dim[]): string;
	readonly point: IndexScalar;
}

/** Whether a statement adds to sums over the data, itself or inside. */
export function hasCollect(s: Statement): boolean {
	return (
		s.kind === "collect" || bodiesOf(s).some((body) => body.some(hasCollect))
	);
}

/**
 * What is done for a point, as statements that work alone and statements that only collect, with no temporaries: what
 * these need from the former is kept for each point.
 */
export function separated(
	body: readonly Statement[],
	names: BlockNames,
): {
	readonly work: readonly Statement[];
	readonly collects: readonly Statement[];
} {
	const needed = new Set<string>();
	const note = (s: Statement): void => {
		if (s.kind === "collect") for (const name of localsIn(s)) needed.add(name);
		for (const inner of bodiesOf(s)) inner.forEach(note);
	};
	body.forEach(note);
	const kept = new Map<string, Scalar>();
	const keep = (
		block: readonly Statement[],
		open: readonly IndexScalar[],
	): readonly Statement[] => {
		const own = block.filter(
			(s): s is AccumulatorStatement | Extract<Statement, { kind: "let" }> =>
				(s.kind === "let" || s.kind === "accumulator") && needed.has(s.name),
		);
		for (const { name } of own) {
			const array = names.table(
				name,
				open.map((i) => i.size),
			);
			kept.set(name, {
				kind: "read",
				array,
				at: [names.point, ...open],
				type: "real",
			});
		}
		const inner = block
			.filter((s) => s.kind !== "collect")
			.map((s) =>
				withBodies(s, (b) =>
					keep(b, s.kind === "loop" ? [...open, s.index] : open),
				),
			);
		const stores = own.map(({ name }): Statement => {
			const { array, at } = kept.get(name) as Extract<Scalar, { kind: "read" }>;
			return {
				kind: "store",
				array,
				at,
				value: { kind: "local", name },
				how: "set",
			};
		});
		return [...inner.filter(doesSomething), ...stores];
	};
	const work = keep(body, []);
	const restored = (v: Scalar): Scalar =>
		(v.kind === "local" && kept.get(v.name)) || mapParts(v, restored);
	const collects = body
		.filter(hasCollect)
		.map((s) => rewrite(collectsAlone(s), { name: (n) => n, value: restored }));
	return { work, collects };
}

function localsIn(s: CollectStatement): readonly string[] {
	const found: string[] = [];
	someScalar(s.value, (part) => {
		if (part.kind === "local") found.push(part.name);
		return false;
	});
	return found;
}

/** Whether anything is left of a loop. */
function doesSomething(s: Statement): boolean {
	if (s.kind !== "loop") return true;
	const isUseful = (inner: Statement): boolean =>
		inner.kind === "store" ||
		inner.kind === "normalise" ||
		inner.kind === "gather" ||
		bodiesOf(inner).some((body) => body.some(isUseful));
	return s.body.some(isUseful);
}

function collectsAlone(s: Statement): Statement {
	return withBodies(s, (body) => body.filter(hasCollect).map(collectsAlone));
}

/**
 * Forms the sums of statements that only collect: for some components at once it goes through the points of the block,
 * and only then adds to the arrays.
 */
export function collected(
	collects: readonly Statement[],
	names: BlockNames,
): readonly Statement[] {
	return unitsOf(collects, []).flatMap((unit) => tiledUnit(unit, names));
}

function unitsOf(
	body: readonly Statement[],
	loops: readonly LoopStatement[],
): readonly Unit[] {
	const collects = body.filter(
		(s): s is CollectStatement => s.kind === "collect",
	);
	const inner = body.filter((s): s is LoopStatement => s.kind === "loop");
	return [
		...(collects.length > 0 ? [{ loops, collects }] : []),
		...inner.flatMap((s) => unitsOf(s.body, [...loops, s])),
	];
}

function tiledUnit(
	{ loops, collects }: Unit,
	names: BlockNames,
): readonly Statement[] {
	const sums = collects.map(
		(): AccumulatorStatement => ({
			kind: "accumulator",
			name: names.fresh("total"),
			op: "+",
			compensated: false,
		}),
	);
	const gathers = collects.map(
		({ value }, n): Statement => ({
			kind: "gather",
			into: sums[n] as AccumulatorStatement,
			value,
		}),
	);
	const adds = collects.map(
		(c, n): Statement => ({
			...c,
			value: { kind: "local", name: (sums[n] as AccumulatorStatement).name },
		}),
	);
	const body: readonly Statement[] = [
		...sums,
		{ kind: "tiles", index: names.point, parts: [{ step: 1, body: gathers }] },
		...adds,
	];
	const turns = turnsFor(loops.length, collects.length);
	return loops.reduceRight<readonly Statement[]>((inner, loop, depth) => {
		const at = turns[loops.length - 1 - depth] ?? 1;
		return at > 1 && isWhole(loop)
			? [tiled(loop.index, at, inner)]
			: [{ ...loop, body: inner }];
	}, body);
}

/** Turns to be taken at once of the innermost loop, and of the one around it. */
function turnsFor(loops: number, sums: number): readonly number[] {
	const most = (limit: number) =>
		[4, 2, 1].find((turns) => turns * sums <= limit) ?? 1;
	if (loops < 2) return [most(sumsAtOnce)];
	const inner = sums * 2 <= sumsAtOnce ? 2 : 1;
	return [inner, most(sumsAtOnce / inner)];
}
