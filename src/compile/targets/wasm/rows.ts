import type { Dim, FunctionName } from "../../../expr/tree.js";
import type { Loops } from "../../kernels.js";
import {
	arraysUsed,
	inside,
	type RowPass,
	canShareLanes,
	rowPass,
	Varying,
	valuesOf,
} from "../../rows.js";
import { type Scalar, someScalar } from "../../scalar.js";
import type { Kernel, Statement } from "../../statement.js";

import type { State } from "../state.js";
import {
	type Code,
	FunctionBody,
	f64x2,
	type Import,
	i32,
	loopWhile,
	moduleBytes,
	type ValueType,
} from "./encoder.js";
import { expFunction, logFunction, softmaxFunction } from "./functions.js";
import { RowStatements } from "./statements.js";
import { Values } from "./values.js";

/** Memory that the rows work in, in doubles. */
export interface Room {
	readonly name: string;
	readonly dims: readonly Dim[];
	/** Doubles for each element: one, or one for each lane. */
	readonly lanes: 1 | 2;
}

/** The rows of a pass as a WebAssembly module that takes two data points at once. */
export interface WasmRows {
	readonly bytes: Uint8Array;
	readonly rooms: readonly Room[];
	/** What its function takes after the range of rows, how many are live and whether to renew: names of the pass. */
	readonly parameters: readonly {
		readonly name: string;
		readonly isArray: boolean;
	}[];
	/** The functions of JavaScript that it calls. */
	readonly imports: readonly Import[];
}

/** The rows of the loops' pass; null if there is none, or if loops differ from data point to data point. */
export function wasmRows(loops: Loops, state: State): WasmRows | null {
	const pass = rowPass(loops);
	if (!pass || !loops.pass || loops.plan.dataAxis === null) return null;
	const { layout } = state;
	const isRowArray = (array: string) =>
		layout.dims(array)?.[0] === loops.plan.dataAxis;
	const varying = new Varying([pass.rows.index.name], isRowArray, pass.rows.body);
	if (!canShareLanes(pass.rows.body, varying)) return null;
	return new RowsWriter(loops, loops.pass, pass, varying, state).write(
		loops.plan.dataAxis,
	);
}

class RowsWriter {
	constructor(
		private readonly loops: Loops,
		private readonly kernel: Kernel,
		private readonly pass: RowPass,
		private readonly varying: Varying,
		private readonly state: State,
	) {}

	write(dataAxis: Dim): WasmRows {
		const { rooms, parameters, blocks } = this.names(dataAxis);
		const imports = this.imports();
		const [exp, log, softmax] = [0, 1, 2].map((n) => imports.length + n) as [
			number,
			number,
			number,
		];
		const body = new FunctionBody(
			[
				["from", "i32"],
				["to", "i32"],
				["live", "i32"],
				["renew", "i32"],
				...parameters.map(({ name, type }) => [name, type] as const),
			],
			null,
		);
		const dims = (array: string) =>
			this.kernel.tables.get(array) ?? this.state.layout.dims(array);
		const layout = { name: this.state.layout.name, dims };
		const values = new Values(body, layout, this.varying, this.pass, dataAxis, {
			exp,
			log,
			imported: (name) => imports.findIndex((i) => i.name === name),
		});
		const rows = new RowStatements(body, values, softmax);
		const copies = blocks.map((b) => this.copy(body, values, b));
		const code = loopWhile(
			i32.lt(body.get("from"), body.get("to")),
			[
				copies.map((c) => c.load),
				rows.block(this.pass.rows.body),
				[body.get("renew"), [0x04, 0x40], copies.map((c) => c.store), 0x0b],
			],
			body.set("from", i32.add(body.get("from"), i32.const(2))),
		);
		const functions = [
			expFunction(),
			logFunction(),
			softmaxFunction(log),
			{ body, code },
		];
		return {
			bytes: moduleBytes(imports, functions),
			rooms,
			imports,
			parameters: parameters.map(({ name, isArray }) => ({ name, isArray })),
		};
	}

	/** What the rows take from outside, and the memory that they need. */
	private names(dataAxis: Dim) {
		const { plan, statistics } = this.loops;
		const { name, dims } = this.state.layout;
		const used = arraysUsed(this.pass.rows.body);
		const collected = statistics.filter((s) => this.kernel.tables.has(s.lost));
		const lost = new Set(collected.map((s) => s.lost));
		const tables = [...this.kernel.tables].filter(([t]) => !lost.has(t));
		const blocks = [...plan.inputs, ...plan.parameters]
			.filter((v) => v.dims[0] === dataAxis && used.has(v.name))
			.map((v) => ({
				name: v.name,
				dims: v.dims.slice(1),
				isWritten: writes(this.pass.rows.body, v.name),
			}));
		const rooms: Room[] = [
			...tables.map(
				([t, axes]): Room => ({
					name: name(t),
					dims: axes,
					lanes: this.varying.has(t) ? 2 : 1,
				}),
			),
			...blocks.map(
				(b): Room => ({
					name: `${name(b.name)}_rows`,
					dims: b.dims,
					lanes: 2,
				}),
			),
			...collected.map(
				(s): Room => ({
					name: `${name(s.name)}_lanes`,
					dims: s.over.map((o) => o.size),
					lanes: 2,
				}),
			),
		];
		const arrays = [...used].filter(
			(a) => dims(a) !== null && !this.kernel.tables.has(a),
		);
		const numbers = [
			...[...used]
				.filter((a) => dims(a) === null && !this.kernel.tables.has(a))
				.map(name),
			...this.hoisted(),
		];
		const parameters = [
			...plan.sizes.map((s) => ({
				name: name(s),
				type: "i32" as ValueType,
				isArray: false,
			})),
			...[...arrays.map(name), ...rooms.map((r) => r.name)].map((n) => ({
				name: n,
				type: "i32" as ValueType,
				isArray: true,
			})),
			...numbers.map((n) => ({
				name: n,
				type: "f64" as ValueType,
				isArray: false,
			})),
		];
		return { rooms, parameters, blocks };
	}

	/** Temporaries of the pass that the rows use and do not compute. */
	private hoisted(): readonly string[] {
		const own = new Set<string>();
		const used = new Set<string>();
		const visit = (s: Statement): void => {
			if (s.kind === "let" || s.kind === "accumulator") own.add(s.name);
			for (const value of valuesOf(s))
				someScalar(value, (part) => {
					if (part.kind === "local") used.add(part.name);
					return false;
				});
			inside(s).forEach(visit);
		};
		this.pass.rows.body.forEach(visit);
		return [...used].filter((name) => !own.has(name));
	}

	private imports(): readonly Import[] {
		const called = new Set<FunctionName>();
		const visit = (s: Statement): void => {
			for (const value of valuesOf(s))
				someScalar(value, (part: Scalar) => {
					if (part.kind === "call") called.add(part.fn);
					return false;
				});
			inside(s).forEach(visit);
		};
		this.pass.rows.body.forEach(visit);
		const functions = [...called].filter((fn) => fn !== "abs");
		return [
			...functions.map((name) => ({ name, parameters: 1 })),
			{ name: "pow", parameters: 2 },
		];
	}

	/** Reads two rows of an array into lanes, and writes them back. */
	private copy(
		body: FunctionBody,
		values: Values,
		block: { name: string; dims: readonly Dim[]; isWritten: boolean },
	): { load: Code; store: Code } {
		const array = this.state.layout.name(block.name);
		const { get, set } = {
			get: (n: string) => body.get(n),
			set: (n: string, c: Code) => body.set(n, c),
		};
		for (const name of ["one", "other", "lanes", "end"])
			body.declare(name, "i32");
		const bytes = i32.mul(values.length(block.dims), i32.const(8));
		const rowAt = (row: Code) => i32.add(get(array), i32.mul(row, bytes));
		const last = i32.sub(i32.add(get("from"), get("live")), i32.const(1));
		const step = (name: string, by: number) =>
			set(name, i32.add(get(name), i32.const(by)));
		const each = (inner: Code): Code => [
			set("one", rowAt(get("from"))),
			set("other", rowAt(last)),
			set("lanes", get(`${array}_rows`)),
			set("end", i32.add(get("one"), bytes)),
			loopWhile(i32.lt(get("one"), get("end")), inner, [
				step("one", 8),
				step("other", 8),
				step("lanes", 16),
			]),
		];
		const at = (lane: number) => i32.add(get("lanes"), i32.const(8 * lane));
		const load = (a: Code): Code => [a, 0x2b, [3, 0]];
		const store = (a: Code, v: Code): Code => [a, v, 0x39, [3, 0]];
		return {
			load: each(
				f64x2.store(
					get("lanes"),
					f64x2.withLane(f64x2.splat(load(get("one"))), 1, load(get("other"))),
				),
			),
			store: block.isWritten
				? each([
						store(get("other"), load(at(1))),
						store(get("one"), load(at(0))),
					])
				: [],
		};
	}
}

function writes(statements: readonly Statement[], array: string): boolean {
	return statements.some(
		(s) =>
			(s.kind === "store" && s.array === array) || writes(inside(s), array),
	);
}
