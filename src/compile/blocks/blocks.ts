import type { Dim } from "../../expr/tree.js";
import type { Loops } from "../kernels.js";
import {
	canShareLanes,
	inside,
	mentions,
	type RowPass,
	rowPass,
	Varying,
	valuesOf,
} from "../rows.js";
import {
	freeIndices,
	type IndexScalar,
	mapParts,
	type Scalar,
	someScalar,
} from "../scalar.js";
import type {
	LoopStatement,
	NormaliseStatement,
	Statement,
	TilesStatement,
} from "../statement.js";
import { type BlockNames, collected, separated } from "./collects.js";
import { canJam, tiled, withBodies } from "./jam.js";
import { bodiesOf, namesMade, rewrite } from "./rewrite.js";
import { shareRepeated } from "./share.js";

/**
 * The pass over the data by blocks of points. Where the loops are the same for all points, each step is done for the
 * whole block before the next one; loops around sums take several turns at once, so that these fit the registers.
 */
export interface BlockPass {
	/** What is computed once before. */
	readonly before: readonly Statement[];
	/** The index over all points. */
	readonly row: IndexScalar;
	/** The index over the points of a block, by which arrays along the data and the block's own tables are read. */
	readonly point: IndexScalar;
	/** What is done for a block. */
	readonly body: readonly Statement[];
	/** The block's own tables, with the points as their first axis. */
	readonly tables: ReadonlyMap<string, readonly Dim[]>;
	/** What differs from point to point. */
	readonly varying: Varying;
	/** Whether the first subscript is a point of the block. */
	isAtPoint(at: readonly Scalar[]): boolean;
	/** Whether the loops are the same for all points, so that these can be taken together. */
	readonly isEven: boolean;
	/** Whether each point's parameters can be computed anew whenever they are asked for, and need not be kept. */
	readonly forgets: boolean;
}

/** The pass of the loops by blocks, or null if they have none. */
export function blockPass(loops: Loops): BlockPass | null {
	const pass = rowPass(loops);
	if (!pass || !loops.pass) return null;
	return new Blocks(loops, pass).write();
}

class Blocks {
	private readonly axis: Dim;
	private readonly row: IndexScalar;
	private readonly point: IndexScalar;
	private readonly tables = new Map<string, readonly Dim[]>();
	private readonly taken: Set<string>;

	constructor(
		private readonly loops: Loops,
		private readonly pass: RowPass,
	) {
		const { plan } = loops;
		this.axis = plan.dataAxis as Dim;
		this.row = pass.rows.index;
		this.taken = new Set([
			...plan.solvable.context.symbols.keys(),
			...plan.sizes,
			...loops.statistics.flatMap((s) => [s.name, s.lost]),
			...(loops.pass?.tables.keys() ?? []),
			...namesMade(loops.pass?.statements ?? []),
			...indicesIn(pass.rows.body),
		]);
		this.point = {
			kind: "index",
			name: this.fresh("point", ""),
			size: this.axis,
		};
	}

	write(): BlockPass {
		const { before, rows, forgets } = this.pass;
		const isRowArray = (array: string) => this.isRowArray(array);
		const differs = new Varying([this.row.name], isRowArray, rows.body);
		const isEven = canShareLanes(rows.body, differs);
		for (const [name, dims] of this.loops.pass?.tables ?? [])
			if (differs.has(name)) this.tables.set(name, [this.axis, ...dims]);
		const forPoint = withoutTables(rows.body).map((s) => this.atPoint(s));
		const body =
			isEven && !this.loops.without.has("tiling")
				? this.tiledBody(forPoint)
				: [onePoint(this.point, forPoint)];
		const names = [this.row.name, this.point.name];
		return {
			before,
			row: this.row,
			point: this.point,
			body,
			tables: this.tables,
			varying: new Varying(names, isRowArray, body),
			isAtPoint: ([first]) =>
				first !== undefined && freeIndices(first).has(this.point.name),
			isEven,
			forgets,
		};
	}

	private tiledBody(body: readonly Statement[]): readonly Statement[] {
		const names: BlockNames = {
			point: this.point,
			fresh: (base) => this.fresh(base),
			table: (base, dims) => {
				const name = this.fresh(base, "_kept");
				this.tables.set(name, [this.axis, ...dims]);
				return name;
			},
		};
		const { work, collects } = separated(body, names);
		const sums = Math.max(0, ...work.flatMap(sumsInContractions));
		const turns = sums === 0 || mentions(work, this.row.name) ? 1 : 2;
		const all = [
			...phases(work.map(tiledWork), this.point, turns),
			...collected(collects, names),
		];
		return shareRepeated(all, () => this.fresh("v"));
	}

	private isRowArray(array: string): boolean {
		const { inputs, parameters } = this.loops.plan;
		const known = [...inputs, ...parameters].find((v) => v.name === array);
		return (known?.dims ?? this.tables.get(array))?.[0] === this.axis;
	}

	/** The statement with the point of a block as the first subscript of what belongs to a data point. */
	private atPoint(s: Statement): Statement {
		const value = (v: Scalar): Scalar => {
			const inner = mapParts(v, value);
			if (inner.kind !== "read") return inner;
			if (this.tables.has(inner.array))
				return { ...inner, at: [this.point, ...inner.at] };
			const [first, ...rest] = inner.at;
			const isOwn =
				first?.kind === "index" &&
				first.name === this.row.name &&
				this.isRowArray(inner.array);
			return isOwn ? { ...inner, at: [this.point, ...rest] } : inner;
		};
		return rewrite(s, { value, name: (n) => n });
	}

	private fresh(base: string, first = "1"): string {
		let name = `${base}${first}`;
		for (let n = 2; this.taken.has(name); n++) name = `${base}${n}`;
		this.taken.add(name);
		return name;
	}
}

function onePoint(point: IndexScalar, body: readonly Statement[]): Statement {
	return { kind: "tiles", index: point, parts: [{ step: 1, body }] };
}

/**
 * What is done for a point as loops over the points of a block. Weights are normalised for all points before anything
 * goes on, so that the long chains of operations of several points overlap.
 */
function phases(
	work: readonly Statement[],
	point: IndexScalar,
	turns: number,
): readonly Statement[] {
	const stands = (s: Statement) =>
		s.kind === "normalise" ||
		(s.kind === "if" && inside(s).some((b) => b.kind === "normalise"));
	const runs: Statement[][] = [];
	for (const s of work) {
		const last = runs.at(-1);
		if (last && !stands(s) && !last.some(stands)) last.push(s);
		else runs.push([s]);
	}
	const isTied = runs.some((run) => {
		const made = namesMade(runs.filter((other) => other !== run).flat());
		return run.some((s) => usesAny(s, made));
	});
	return (isTied ? [work] : runs).flatMap((run): readonly Statement[] => {
		const [first] = run;
		if (first?.kind === "if" && stands(first) && run.length === 1)
			return [withBodies(first, (body) => phases(body, point, turns))];
		return [tiled(point, run.some(stands) ? 1 : turns, run)];
	});
}

/** Whether any of the temporaries is used in a statement. */
function usesAny(s: Statement, names: ReadonlySet<string>): boolean {
	const isOne = (part: Scalar) => part.kind === "local" && names.has(part.name);
	return (
		valuesOf(s).some((v) => someScalar(v, isOne)) ||
		inside(s).some((inner) => usesAny(inner, names))
	);
}

/** Without the places where tables begin: those of a block are made before it. */
function withoutTables(body: readonly Statement[]): readonly Statement[] {
	return body
		.filter((s) => s.kind !== "table")
		.map((s) => withBodies(s, withoutTables));
}

/** Takes several turns at once of loops around sums, where the turns have nothing to do with each other. */
function tiledWork(s: Statement): Statement {
	const sums = s.kind === "loop" && canJam(s) ? sumsWithin(s) : 0;
	const turns = [4, 2].find((n) => n * sums <= 4) ?? 1;
	return s.kind === "loop" && sums > 0 && turns > 1
		? tiled(s.index, turns, s.body)
		: withBodies(s, (body) => body.map(tiledWork));
}

/** How many sums are formed by the innermost loops, anywhere inside. */
function sumsInContractions(s: Statement): readonly number[] {
	const own = s.kind === "loop" ? [sumsWithin(s)] : [];
	return [...own, ...inside(s).flatMap(sumsInContractions)];
}

/** How many sums the loops directly inside form, if none of these has a loop inside. */
function sumsWithin(s: LoopStatement): number {
	const loops = s.body.filter((b) => b.kind === "loop");
	if (loops.some((l) => inside(l).some((b) => bodiesOf(b).length > 0)))
		return 0;
	const sums = loops.map(
		(l) => inside(l).filter((b) => b.kind === "gather").length,
	);
	return Math.max(0, ...sums);
}

function indicesIn(body: readonly Statement[]): readonly string[] {
	return body.flatMap((s) => [
		...(s.kind === "loop" ? [s.index.name] : []),
		...indicesIn(inside(s)),
	]);
}

/** The weights that a loop over points normalises for each of them, if it does nothing else. */
export function normalisedAlone(
	s: TilesStatement,
	point: IndexScalar,
): NormaliseStatement | null {
	const [only] = s.parts.flatMap((p) => p.body);
	const isAlone = s.index.name === point.name && s.parts[0]?.body.length === 1;
	return isAlone && only?.kind === "normalise" ? only : null;
}
