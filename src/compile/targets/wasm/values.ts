import type { Dim } from "../../../expr/tree.js";
import type { BlockPass } from "../../blocks/blocks.js";
import type { Varying } from "../../rows.js";
import { isValue, number, parts, type Scalar } from "../../scalar.js";
import type { LetStatement } from "../../statement.js";
import type { Layout } from "../infix.js";
import {
	type Code,
	call,
	type FunctionBody,
	f64,
	f64x2,
	i32,
} from "./encoder.js";

/** Where functions stand in the module. */
export interface Functions {
	readonly exp: number;
	readonly log: number;
	imported(name: string): number;
}

/** A value, and whether it has a lane for each of two data points. */
interface Typed {
	readonly code: Code;
	readonly isVector: boolean;
}

const constants = {
	pi: Math.PI,
	eulerGamma: 0.5772156649015329,
	infinity: Infinity,
} as const;

/** What holds the bytes from one point to the next of an array with elements for each point of a block. */
export function strideName(name: string): string {
	return `${name}_stride`;
}

/** Writes values as WebAssembly code. Subscripts count from 1 in values and from 0 in memory. */
export class Values {
	constructor(
		private readonly body: FunctionBody,
		private readonly layout: Layout,
		private readonly pass: BlockPass,
		private readonly dataAxis: Dim,
		private readonly functions: Functions,
		/** The one lane that is computed, or null for both. */
		private readonly lane: 0 | 1 | null = null,
	) {
		this.varying = pass.varying;
	}

	private readonly varying: Varying;

	/** Whether a temporary is the same for all points, and kept in both lanes: a number that is read for vectors. */
	isSpread(s: LetStatement): boolean {
		return s.value.kind === "read" && !this.varying.is(s.value);
	}

	/** A number in memory, in both lanes. */
	both(s: Scalar): Code {
		const isInMemory = s.kind === "read" && this.layout.dims(s.array) !== null;
		return isInMemory
			? f64x2.loadBoth(this.address(s.array, s.at))
			: f64x2.splat(this.scalar(s));
	}

	isVarying(s: Scalar): boolean {
		return this.varying.is(s);
	}

	isVaryingName(name: string): boolean {
		return this.varying.has(name);
	}

	isRowArray(array: string): boolean {
		return this.layout.dims(array)?.[0] === this.dataAxis;
	}

	local(name: string): string {
		return this.layout.name(name);
	}

	size(dim: Dim): Code {
		return typeof dim === "number"
			? i32.const(dim)
			: this.body.get(this.layout.name(dim));
	}

	/** The number of elements along axes. */
	length(dims: readonly Dim[]): Code {
		return dims.reduce<Code>(
			(product, d) => i32.mul(product, this.size(d)),
			i32.const(1),
		);
	}

	/** The value in both lanes. */
	vector(s: Scalar): Code {
		if (!this.varying.is(s)) return f64x2.splat(this.scalar(s));
		if (this.hasVectorForm(s)) return this.typed(s).code;
		const [a, b] = ([0, 1] as const).map((lane) =>
			this.inLane(lane).scalar(s),
		) as [Code, Code];
		return f64x2.withLane(f64x2.splat(a), 1, b);
	}

	/** A value that is the same for all data points, or of one lane. */
	scalar(s: Scalar): Code {
		const { code, isVector } = this.typed(s);
		return isVector ? f64x2.lane(code, 0) : code;
	}

	/** The place of an element in memory. */
	address(array: string, at: readonly Scalar[]): Code {
		const [first] = at;
		if (first && this.isOfPoint(array, at)) {
			const name = this.blockName(array);
			const point = i32.mul(
				this.position(first),
				this.body.get(strideName(name)),
			);
			return this.firstAddress(array, at, point);
		}
		const dims = this.layout.dims(array) ?? [];
		return this.place(this.body.get(this.layout.name(array)), dims, at, 8);
	}

	/** The place of an element of the first point of a block, or of one so many bytes behind it. */
	firstAddress(
		array: string,
		[, ...rest]: readonly Scalar[],
		behind?: Code,
	): Code {
		const base = this.body.get(this.blockName(array));
		const dims = this.layout.dims(array)?.slice(1) ?? [];
		return this.place(behind ? i32.add(base, behind) : base, dims, rest, 16);
	}

	/** What holds where the elements of a block's points begin. */
	blockName(array: string): string {
		const name = this.layout.name(array);
		return this.pass.tables.has(array) ? name : `${name}_rows`;
	}

	/** The place of the lanes in which a sum over the data is formed. */
	lanesOf(sum: string, at: readonly Scalar[]): Code {
		const lanes = this.body.get(`${this.layout.name(sum)}_lanes`);
		return this.place(lanes, this.layout.dims(sum) ?? [], at, 16);
	}

	/** A subscript, counting from 0. */
	position(s: Scalar): Code {
		if (s.kind === "index") return this.index(s.name);
		if (s.kind === "number") return i32.const(s.value.valueOf() - 1);
		if (s.kind === "add") {
			const [index, by, ...more] = s.terms;
			if (index?.kind === "index" && by?.kind === "number" && more.length === 0)
				return i32.add(this.index(index.name), i32.const(by.value.valueOf()));
		}
		return i32.sub(this.whole(s), i32.const(1));
	}

	/** The bound of a loop: a whole number. */
	whole(s: Scalar): Code {
		switch (s.kind) {
			case "number":
				return i32.const(s.value.valueOf());
			case "size":
				return this.body.get(this.layout.name(s.name));
			case "index":
				return i32.add(this.index(s.name), i32.const(1));
			case "add":
				return s.terms.map((t) => this.whole(t)).reduce(i32.add);
			case "mul":
				return s.factors.map((f) => this.whole(f)).reduce(i32.mul);
			default:
				return i32.of(this.scalar(s));
		}
	}

	private inLane(lane: 0 | 1): Values {
		const { body, layout, pass, dataAxis, functions } = this;
		return new Values(body, layout, pass, dataAxis, functions, lane);
	}

	/** An index, counting from 0; that of a data point is that of the lane's. */
	private index(name: string): Code {
		const { body, pass } = this;
		if (name !== pass.row.name) return body.get(name);
		const behind = i32.shl(body.get(pass.point.name), i32.const(1));
		const first = i32.add(body.get("from"), behind);
		return this.lane === 1
			? i32.sub(i32.add(first, body.get("live")), i32.const(1))
			: first;
	}

	/** Whether an element belongs to a point of the block. */
	private isOfPoint(array: string, at: readonly Scalar[]): boolean {
		return (
			this.pass.isAtPoint(at) && this.layout.dims(array)?.[0] === this.dataAxis
		);
	}

	private place(
		base: Code,
		dims: readonly Dim[],
		at: readonly Scalar[],
		bytes: 8 | 16,
	): Code {
		let offset: Code | null = null;
		dims.forEach((dim, axis) => {
			const next = this.position(at[axis] ?? number(1));
			offset = offset ? i32.add(i32.mul(offset, this.size(dim)), next) : next;
		});
		return offset
			? i32.add(base, i32.shl(offset, i32.const(bytes === 8 ? 3 : 4)))
			: base;
	}

	private typed(s: Scalar): Typed {
		switch (s.kind) {
			case "number":
				return scalar(f64.const(s.value.valueOf()));
			case "named":
				return scalar(f64.const(constants[s.name]));
			case "size":
				return scalar(f64.of(this.body.get(this.layout.name(s.name))));
			case "index":
				return scalar(f64.of(i32.add(this.index(s.name), i32.const(1))));
			case "local":
				return this.inHand(
					this.body.get(s.name),
					this.body.typeOf(s.name) === "v128",
				);
			case "read":
				return this.read(s);
			case "add":
				return s.terms.map((t) => this.typed(t)).reduce(this.combine("add"));
			case "mul":
				return this.product(s.factors);
			case "power":
				return this.product([s]);
			case "call":
				return this.call(s);
			case "when":
				return this.when(s);
			case "fold":
				throw new Error("a sum or product was not turned into a loop");
		}
	}

	/** A vector, or its one lane. */
	private inHand(code: Code, isVector: boolean): Typed {
		if (!isVector || this.lane === null) return { code, isVector };
		return scalar(f64x2.lane(code, this.lane));
	}

	private read(s: Extract<Scalar, { kind: "read" }>): Typed {
		const dims = this.layout.dims(s.array);
		if (dims === null) return scalar(this.body.get(this.layout.name(s.array)));
		const at = this.address(s.array, s.at);
		const isVector = this.isOfPoint(s.array, s.at);
		return isVector ? this.inHand(f64x2.load(at), true) : scalar(f64.load(at));
	}

	private combine(operation: "add" | "mul" | "div") {
		return (a: Typed, b: Typed): Typed => {
			const isVector = a.isVector || b.isVector;
			if (!isVector) return scalar(f64[operation](a.code, b.code));
			return { code: f64x2[operation](lanes(a), lanes(b)), isVector };
		};
	}

	/** Factors with negative powers below a line. Those that are the same for all data points are multiplied first. */
	private product(factors: readonly Scalar[]): Typed {
		const above: Typed[] = [];
		const below: Typed[] = [];
		for (const f of factors) {
			const { base, exponent } =
				f.kind === "power" ? f : { base: f, exponent: number(1) };
			const isBelow =
				exponent.kind === "number" && exponent.value.compare(0) < 0;
			const size =
				exponent.kind === "number" ? number(exponent.value.abs()) : exponent;
			(isBelow ? below : above).push(this.power(base, size));
		}
		const times = (all: readonly Typed[]): Typed | null => {
			const same = all.filter((t) => !t.isVector);
			const different = all.filter((t) => t.isVector);
			const ordered = [...same, ...different];
			return ordered.length === 0 ? null : ordered.reduce(this.combine("mul"));
		};
		const top = times(above) ?? scalar(f64.const(1));
		const bottom = times(below);
		return bottom ? this.combine("div")(top, bottom) : top;
	}

	private power(base: Scalar, exponent: Scalar): Typed {
		const value = this.typed(base);
		if (isValue(exponent, 1)) return value;
		if (isValue(exponent, 2)) return this.combine("mul")(value, value);
		if (isValue(exponent, 0.5))
			return value.isVector
				? { code: f64x2.sqrt(value.code), isVector: true }
				: scalar(f64.sqrt(value.code));
		const pow = this.functions.imported("pow");
		return scalar(call(pow, value.code, this.scalar(exponent)));
	}

	private call(s: Extract<Scalar, { kind: "call" }>): Typed {
		const argument = this.typed(s.argument);
		if (s.fn === "abs")
			return argument.isVector
				? { code: f64x2.abs(argument.code), isVector: true }
				: scalar(f64.abs(argument.code));
		if (argument.isVector) {
			const index = s.fn === "exp" ? this.functions.exp : this.functions.log;
			return { code: call(index, argument.code), isVector: true };
		}
		return scalar(call(this.functions.imported(s.fn), argument.code));
	}

	private when(s: Extract<Scalar, { kind: "when" }>): Typed {
		const [left, right, then] = [s.left, s.right, s.body].map((part) =>
			this.typed(part),
		) as [Typed, Typed, Typed];
		const comparison = (
			{ "=": "eq", "≠": "ne", "<": "lt", "≤": "le" } as const
		)[s.comparison];
		if (left.isVector || right.isVector) {
			const mask = f64x2[comparison](lanes(left), lanes(right));
			return { code: f64x2.and(lanes(then), mask), isVector: true };
		}
		const test = f64[comparison](left.code, right.code);
		if (!then.isVector)
			return scalar(f64.select(then.code, f64.const(0), test));
		return {
			code: selectVector(then.code, test),
			isVector: true,
		};
	}

	/** Whether a value can be computed for both data points by the same instructions. */
	private hasVectorForm(s: Scalar): boolean {
		if (!this.varying.is(s)) return true;
		switch (s.kind) {
			case "index":
				return false;
			case "local":
				return true;
			case "read":
				return (
					!s.at.slice(1).some((a) => this.varying.is(a)) &&
					(this.isOfPoint(s.array, s.at) ||
						!s.at.some((a) => this.varying.is(a)))
				);
			case "call":
				return (
					["exp", "log", "abs"].includes(s.fn) && this.hasVectorForm(s.argument)
				);
			case "power":
				return (
					[0.5, 1, 2, -0.5, -1, -2].some((e) => isValue(s.exponent, e)) &&
					this.hasVectorForm(s.base)
				);
			default:
				return parts(s).every((part) => this.hasVectorForm(part));
		}
	}
}

function scalar(code: Code): Typed {
	return { code, isVector: false };
}

function lanes({ code, isVector }: Typed): Code {
	return isVector ? code : f64x2.splat(code);
}

/** A vector where the test holds, else 0. */
function selectVector(then: Code, test: Code): Code {
	return [then, f64x2.const(0), test, [0x1c, 1, 0x7b]];
}
