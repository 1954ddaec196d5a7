import { type BlockPass, normalisedAlone } from "../../blocks/blocks.js";
import { inside, valuesOf } from "../../rows.js";
import { isValue, type Scalar } from "../../scalar.js";
import type {
	CollectStatement,
	GatherStatement,
	LoopStatement,
	NormaliseStatement,
	Statement,
	StoreStatement,
	TilesStatement,
} from "../../statement.js";
import {
	type Code,
	call,
	type FunctionBody,
	f64,
	f64x2,
	i32,
	ifElse,
	loopWhile,
} from "./encoder.js";
import { strideName } from "./places.js";
import type { Values } from "./values.js";

/** Writes what is done for a data point as WebAssembly code that does it for two at once. */
export class RowStatements {
	constructor(
		private readonly body: FunctionBody,
		private readonly values: Values,
		private readonly pass: BlockPass,
		/** Where the function stands that normalises weights, with their logarithms or without. */
		private readonly softmax: (logs: boolean) => number,
	) {}

	block(statements: readonly Statement[]): Code {
		return statements.map((s) => this.statement(s));
	}

	private statement(s: Statement): Code {
		switch (s.kind) {
			case "let": {
				if (this.values.isSpread(s)) {
					this.body.declare(s.name, "v128");
					return this.body.set(s.name, this.values.both(s.value));
				}
				const isVector = this.values.isVarying(s.value);
				return this.assign(
					s.name,
					isVector,
					isVector ? this.values.vector(s.value) : this.values.scalar(s.value),
				);
			}
			case "accumulator": {
				const isVector = this.values.isVaryingName(s.name);
				const start = s.op === "+" ? 0 : 1;
				return this.assign(
					s.name,
					isVector,
					isVector ? f64x2.const(start) : f64.const(start),
				);
			}
			case "gather": {
				const { name } = s.into;
				const isVector = this.values.isVaryingName(name);
				return this.body.set(name, this.gathered(s, isVector));
			}
			case "store":
				return this.store(s);
			case "collect":
				return this.collect(s);
			case "normalise":
				return this.normalise(s, false);
			case "tiles":
				return this.tiles(s);
			case "loop":
				return this.loop(s);
			case "if":
				return ifElse(
					this.body.get(s.flag),
					this.block(s.body),
					this.block(s.otherwise),
				);
			case "table":
				return [];
			default:
				throw new Error(`${s.kind} does not belong to single data points`);
		}
	}

	/** What is gathered so far, with one value more. */
	private gathered({ into, value }: GatherStatement, isVector: boolean): Code {
		const before = this.body.get(into.name);
		const isSum = into.op === "+";
		if (!isVector)
			return f64[isSum ? "add" : "mul"](before, this.values.scalar(value));
		return isSum
			? this.values.addedTo(before, value)
			: f64x2.mul(before, this.values.vector(value));
	}

	private assign(name: string, isVector: boolean, value: Code): Code {
		this.body.declare(name, isVector ? "v128" : "f64");
		return this.body.set(name, value);
	}

	private store(s: StoreStatement): Code {
		const { at, behind } = this.values.places.of(s.array, s.at);
		const isVector =
			this.values.isVaryingName(s.array) ||
			this.values.places.isRowArray(s.array);
		if (!isVector) {
			const value = this.values.scalar(s.value);
			return f64.store(at, s.how === "root" ? f64.sqrt(value) : value, behind);
		}
		const value = this.values.vector(s.value);
		return f64x2.store(
			at,
			s.how === "root" ? f64x2.sqrt(value) : value,
			behind,
		);
	}

	private collect(s: CollectStatement): Code {
		const at = this.values.places.lanesOf(s.array, s.at);
		return f64x2.store(
			at,
			f64x2.add(f64x2.load(at), this.values.vector(s.value)),
		);
	}

	/** Normalises weights: of the point in hand, or of all points of the block. */
	private normalise(s: NormaliseStatement, ofAll: boolean): Code {
		const { body, values } = this;
		const { places } = values;
		const from = (array: string, at: readonly Scalar[]) =>
			ofAll ? places.firstAddress(array, at) : places.address(array, at);
		const stride = (array: string) =>
			body.get(strideName(places.blockName(array)));
		return call(
			this.softmax(s.logs !== null),
			from(s.array, s.at),
			stride(s.array),
			ofAll ? body.get("points") : i32.const(1),
			values.places.size(s.size),
			s.logs ? from(s.logs.array, s.logs.at) : i32.const(0),
			s.logs ? stride(s.logs.array) : i32.const(0),
			body.get("scale"),
		);
	}

	/** Loops that follow each other; that over points runs over the block. */
	private tiles(s: TilesStatement): Code {
		const { body, values, pass } = this;
		const weights = normalisedAlone(s, pass.point);
		if (weights) return this.normalise(weights, true);
		const index = s.index.name;
		body.declare(index, "i32");
		const end =
			index === pass.point.name
				? body.get("points")
				: values.places.size(s.index.size);
		return [
			body.set(index, i32.const(0)),
			s.parts.map((part) => {
				const { before, inside, step } = this.along(
					index,
					part.body,
					part.step,
					() => this.block(part.body),
				);
				return [
					before,
					loopWhile(
						i32.lt(i32.add(body.get(index), i32.const(part.step - 1)), end),
						inside,
						[
							step,
							body.set(index, i32.add(body.get(index), i32.const(part.step))),
						],
					),
				];
			}),
		];
	}

	private loop(s: LoopStatement): Code {
		const index = s.index.name;
		this.body.declare(index, "i32");
		const first = isValue(s.lower, 1)
			? i32.const(0)
			: this.values.places.position(s.lower);
		const write = () =>
			s.except.reduce<Code>(
				(inner, e) =>
					ifElse(
						i32.eq(this.body.get(index), this.values.places.position(e)),
						[],
						inner,
					),
				this.block(s.body),
			);
		const { before, inside, step } = this.along(index, s.body, 1, write);
		return [
			this.body.set(index, first),
			before,
			loopWhile(
				i32.lt(this.body.get(index), this.values.places.whole(s.upper)),
				inside,
				[
					step,
					this.body.set(index, i32.add(this.body.get(index), i32.const(1))),
				],
			),
		];
	}

	/** The body of a loop, with pointers that go along if it has no loop inside. */
	private along(
		index: string,
		body: readonly Statement[],
		steps: number,
		write: () => Code,
	) {
		const isInnermost = body.every((s) => inside(s).length === 0);
		const values = isInnermost ? body.flatMap(valuesOf) : [];
		return this.values.places.along(index, values, steps, write);
	}
}
