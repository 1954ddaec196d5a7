import type { Dim, FunctionName } from "../../../expr/tree.js";
import { type BlockPass, blockPass } from "../../blocks/blocks.js";
import type { Loops } from "../../kernels.js";
import { arraysUsed, inside, valuesOf } from "../../rows.js";
import { type Scalar, someScalar } from "../../scalar.js";
import type { Kernel, Statement } from "../../statement.js";
import { passParts } from "../js/pass.js";
import type { State } from "../state.js";
import { copyOf } from "./copy.js";
import {
	type Code,
	type Encoded,
	FunctionBody,
	type Import,
	i32,
	ifElse,
	loopWhile,
	moduleBytes,
	type ValueType,
} from "./encoder.js";
import { collectFunction, expFunction, logFunction } from "./functions.js";
import { Places, strideName } from "./places.js";
import { softmaxFunction } from "./softmax.js";
import { RowStatements } from "./statements.js";
import { Values } from "./values.js";

/** Memory that a thread works in: so many doubles for each lane, of each point of a block or at all. */
export interface Room {
	readonly name: string;
	readonly dims: readonly Dim[];
	readonly isOfPoints: boolean;
}

/** The rows of a pass as a WebAssembly module that takes two data points at once. */
export interface WasmRows extends Encoded {
	readonly rooms: readonly Room[];
	/**
	 * What its function takes after the range of rows, the place to work in, that of the sums, the points of a block,
	 * and whether to renew and to keep: names of the pass.
	 */
	readonly parameters: readonly {
		readonly name: string;
		readonly isArray: boolean;
	}[];
	/** The functions of JavaScript that it calls. */
	readonly imports: readonly Import[];
}

/** What the rows' function takes first. */
export const leading = [
	"from",
	"last",
	"place",
	"own",
	"block",
	"renew",
	"keep",
] as const;

/** Rows after which the lanes are added up. */
const segment = 1024;

/** The rows of the loops' pass; null if there is none, or if loops differ from data point to data point. */
export function wasmRows(loops: Loops, state: State): WasmRows | null {
	const pass = blockPass(loops);
	if (!pass?.isEven || !loops.pass || loops.plan.dataAxis === null) return null;
	return new RowsWriter(loops, loops.pass, pass, state).write(
		loops.plan.dataAxis,
	);
}

class RowsWriter {
	private readonly parts: ReturnType<typeof passParts>;
	private readonly rooms: readonly Room[];

	constructor(
		private readonly loops: Loops,
		kernel: Kernel,
		private readonly pass: BlockPass,
		state: State,
	) {
		this.parts = passParts(loops, kernel, pass, state);
		const { layout, arrays, sums } = this.parts;
		this.rooms = [
			...sums.map(({ sum, dims }) => ({
				name: `${sum}_lanes`,
				dims,
				isOfPoints: false,
			})),
			...[...pass.tables].map(([table, [, ...dims]]) => ({
				name: layout.name(table),
				dims,
				isOfPoints: true,
			})),
			...arrays.map(({ name, dims }) => ({
				name: `${name}_rows`,
				dims,
				isOfPoints: true,
			})),
			{ name: "scale", dims: [2], isOfPoints: true },
		];
	}

	write(dataAxis: Dim): WasmRows {
		const { layout } = this.parts;
		const parameters = this.parameters();
		const imports = this.imports();
		const kinds = kindsOfSoftmax(this.pass.body);
		const [exp, log, first, collect] = [0, 1, 2, 2 + kinds.length].map(
			(n) => imports.length + n,
		) as [number, number, number, number];
		const softmax = (logs: boolean) => first + kinds.indexOf(logs);
		const body = new FunctionBody(
			[
				...leading.map((name) => [name, "i32"] as const),
				...parameters.map(({ name, type }) => [name, type] as const),
			],
			null,
		);
		const places = new Places(body, layout, this.pass, dataAxis);
		const values = new Values(body, layout, this.pass, places, {
			exp,
			log,
			imported: (name) => imports.findIndex((i) => i.name === name),
		});
		const rows = new RowStatements(body, values, this.pass, softmax);
		const code = [
			this.openRooms(body, places),
			this.segments(body, places, rows, collect),
		];
		const functions = [
			expFunction(),
			logFunction(),
			...kinds.map(softmaxFunction),
			collectFunction(),
			{ body, code },
		];
		return {
			...moduleBytes(imports, functions),
			rooms: this.rooms,
			imports,
			parameters: parameters.map(({ name, isArray }) => ({ name, isArray })),
		};
	}

	/** What the rows take from outside. */
	private parameters() {
		const { plan } = this.loops;
		const { layout, shared, arrays } = this.parts;
		const used = arraysUsed(this.pass.body);
		const others = [...used].filter(
			(a) =>
				layout.dims(a) !== null &&
				!this.pass.tables.has(a) &&
				!shared.some((t) => t.name === layout.name(a)) &&
				!arrays.some((v) => v.of === a),
		);
		const parameter =
			(type: ValueType, isArray: boolean) => (name: string) => ({
				name,
				type,
				isArray,
			});
		return [
			...plan.sizes.map(layout.name).map(parameter("i32", false)),
			...[...arrays, ...shared].map((a) => a.name).map(parameter("i32", true)),
			...others.map(layout.name).map(parameter("i32", true)),
			...[...used]
				.filter((a) => layout.dims(a) === null)
				.map(layout.name)
				.map(parameter("f64", false)),
			...this.hoisted().map(parameter("f64", false)),
		];
	}

	/** Where each room begins, and how many bytes there are from one point to the next. */
	private openRooms(body: FunctionBody, places: Places): Code {
		const bytes = i32.const(16);
		body.declare("end", "i32");
		return [
			body.set("end", body.get("place")),
			...this.rooms.map(({ name, dims, isOfPoints }) => {
				const width = places.length(dims);
				body.declare(name, "i32");
				const begin = body.set(name, body.get("end"));
				const by = (size: Code) =>
					body.set("end", i32.add(body.get("end"), size));
				if (!isOfPoints) return [begin, by(i32.mul(width, bytes))];
				const stride = strideName(name);
				body.declare(stride, "i32");
				return [
					begin,
					body.set(
						stride,
						i32.mul(
							dims.length === 0 ? width : i32.or(width, i32.const(1)),
							bytes,
						),
					),
					by(i32.mul(body.get("block"), body.get(stride))),
				];
			}),
		];
	}

	/** Goes through the rows by segments, after each of which the lanes are added up, and these by blocks. */
	private segments(
		body: FunctionBody,
		places: Places,
		rows: RowStatements,
		collect: number,
	): Code {
		const { get, set } = bound(body);
		for (const name of ["to", "live", "points"]) body.declare(name, "i32");
		const copies = this.parts.arrays.map((a) => copyOf(body, places, a));
		const left = i32.sub(get("last"), get("from"));
		const next = i32.add(get("from"), i32.shl(get("block"), i32.const(1)));
		const block = [
			set(
				"points",
				i32.shr(
					i32.add(i32.sub(get("to"), get("from")), i32.const(1)),
					i32.const(1),
				),
			),
			set(
				"points",
				i32.select(
					get("block"),
					get("points"),
					i32.gt(get("points"), get("block")),
				),
			),
			copies.map((c) => c.load),
			rows.block(this.pass.body),
			copies.map((c) => c.store),
		];
		return loopWhile(
			i32.lt(get("from"), get("last")),
			[
				ifElse(
					i32.lt(left, i32.const(2)),
					[set("live", i32.const(1)), set("to", get("last"))],
					[
						set("live", i32.const(2)),
						set("to", i32.add(get("from"), i32.and(left, i32.const(-2)))),
						ifElse(
							i32.gt(left, i32.const(segment)),
							set("to", i32.add(get("from"), i32.const(segment))),
							[],
						),
					],
				),
				loopWhile(i32.lt(get("from"), get("to")), block, set("from", next)),
				set("from", get("to")),
				this.addLanes(body, places, collect),
			],
			[],
		);
	}

	private addLanes(body: FunctionBody, places: Places, collect: number): Code {
		const { get, set } = bound(body);
		body.declare("sums", "i32");
		body.declare("count", "i32");
		const length = this.parts.sums
			.map(({ dims }) => places.length(dims))
			.reduce<Code>((a, b) => i32.add(a, b), i32.const(0));
		const first = this.rooms[0];
		if (this.parts.sums.length === 0 || !first) return [];
		return [
			set("count", length),
			[get(first.name), get("own"), get("count"), get("live"), 0x10, collect],
		];
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
		this.pass.body.forEach(visit);
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
		this.pass.body.forEach(visit);
		const functions = [...called].filter((fn) => fn !== "abs");
		return [
			...functions.map((name) => ({ name, parameters: 1 })),
			{ name: "pow", parameters: 2 },
		];
	}
}

/** Whether logarithms are wanted, of each kind of normalisation that there is. */
function kindsOfSoftmax(body: readonly Statement[]): readonly boolean[] {
	const found = new Set<boolean>();
	const visit = (s: Statement): void => {
		if (s.kind === "normalise") found.add(s.logs !== null);
		inside(s).forEach(visit);
	};
	body.forEach(visit);
	return [...found];
}

function bound(body: FunctionBody) {
	return {
		get: (name: string) => body.get(name),
		set: (name: string, value: Code) => body.set(name, value),
	};
}
