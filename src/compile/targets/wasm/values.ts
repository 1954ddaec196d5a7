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
import type { Places } from "./places.js";

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
	/** What it is the product of, if that is the last that is done. */
	readonly factors?: readonly [Code, Code];
}

const constants = {
	pi: Math.PI,
	eulerGamma: 0.5772156649015329,
	infinity: Infinity,
} as const;

/** Writes values as WebAssembly code. */
export class Values {
	constructor(
		private readonly body: FunctionBody,
		private readonly layout: Layout,
		pass: BlockPass,
		readonly places: Places,
		private readonly functions: Functions,
		/** The one lane that is computed, or null for both. */
		private readonly lane: 0 | 1 | null = null,
	) {
		this.pass = pass;
		this.varying = pass.varying;
		places.scalar = (s) => this.scalar(s);
	}

	private readonly pass: BlockPass;

	private readonly varying: Varying;

	/** Whether a temporary is the same for all points, and kept in both lanes: a number that is read for vectors. */
	isSpread(s: LetStatement): boolean {
		return s.value.kind === "read" && !this.varying.is(s.value);
	}

	/** A number in memory, in both lanes. */
	both(s: Scalar): Code {
		const isInMemory = s.kind === "read" && this.layout.dims(s.array) !== null;
		if (!isInMemory) return f64x2.splat(this.scalar(s));
		const { at, behind } = this.places.of(s.array, s.at);
		return f64x2.loadBoth(at, behind);
	}

	/** The value in both lanes, added to what there is. */
	addedTo(before: Code, s: Scalar): Code {
		return this.varying.is(s) && this.hasVectorForm(s)
			? sumOf({ code: before, isVector: true }, this.typed(s))
			: f64x2.add(before, this.vector(s));
	}

	isVarying(s: Scalar): boolean {
		return this.varying.is(s);
	}

	isVaryingName(name: string): boolean {
		return this.varying.has(name);
	}

	local(name: string): string {
		return this.layout.name(name);
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

	private inLane(lane: 0 | 1): Values {
		const { body, layout, pass, places, functions } = this;
		return new Values(body, layout, pass, places.inLane(lane), functions, lane);
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
				return scalar(f64.of(i32.add(this.places.index(s.name), i32.const(1))));
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
			case "inverse":
			case "logdet":
				throw new Error("a matrix was not factorised");
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
		const { at, behind } = this.places.of(s.array, s.at);
		return this.places.isOfPoint(s.array, s.at)
			? this.inHand(f64x2.load(at, behind), true)
			: scalar(f64.load(at, behind));
	}

	private combine(operation: "add" | "mul" | "div") {
		return (a: Typed, b: Typed): Typed => {
			const isVector = a.isVector || b.isVector;
			if (!isVector) return scalar(f64[operation](a.code, b.code));
			if (operation === "add") return { code: sumOf(a, b), isVector };
			const [left, right] = [lanes(a), lanes(b)];
			const code = f64x2[operation](left, right);
			return operation === "mul"
				? { code, isVector, factors: [left, right] }
				: { code, isVector };
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
					(this.places.isOfPoint(s.array, s.at) ||
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

/** The sum of two values, of which one is a vector; of a product and something else as one instruction where there is one. */
function sumOf(a: Typed, b: Typed): Code {
	if (b.factors) return f64x2.fused(...b.factors, lanes(a));
	if (a.factors) return f64x2.fused(...a.factors, lanes(b));
	return f64x2.add(lanes(a), lanes(b));
}

/** A vector where the test holds, else 0. */
function selectVector(then: Code, test: Code): Code {
	return [then, f64x2.const(0), test, [0x1c, 1, 0x7b]];
}
