import { type BlockPass, normalisedAlone } from "../../blocks/blocks.js";
import { isValue, type Scalar } from "../../scalar.js";
import type {
	CollectStatement,
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
import { strideName, type Values } from "./values.js";

/** Writes what is done for a data point as WebAssembly code that does it for two at once. */
export class RowStatements {
	constructor(
		private readonly body: FunctionBody,
		private readonly values: Values,
		private readonly pass: BlockPass,
		private readonly softmax: number,
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
				const { name, op } = s.into;
				const isVector = this.values.isVaryingName(name);
				const operation = op === "+" ? "add" : "mul";
				const before = this.body.get(name);
				return this.body.set(
					name,
					isVector
						? f64x2[operation](before, this.values.vector(s.value))
						: f64[operation](before, this.values.scalar(s.value)),
				);
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

	private assign(name: string, isVector: boolean, value: Code): Code {
		this.body.declare(name, isVector ? "v128" : "f64");
		return this.body.set(name, value);
	}

	private store(s: StoreStatement): Code {
		const at = this.values.address(s.array, s.at);
		const isVector =
			this.values.isVaryingName(s.array) || this.values.isRowArray(s.array);
		if (!isVector) {
			const value = this.values.scalar(s.value);
			return f64.store(at, s.how === "root" ? f64.sqrt(value) : value);
		}
		const value = this.values.vector(s.value);
		return f64x2.store(at, s.how === "root" ? f64x2.sqrt(value) : value);
	}

	private collect(s: CollectStatement): Code {
		const at = this.values.lanesOf(s.array, s.at);
		return f64x2.store(
			at,
			f64x2.add(f64x2.load(at), this.values.vector(s.value)),
		);
	}

	/** Normalises weights: of the point in hand, or of all points of the block. */
	private normalise(s: NormaliseStatement, ofAll: boolean): Code {
		const { body, values } = this;
		const from = (array: string, at: readonly Scalar[]) =>
			ofAll ? values.firstAddress(array, at) : values.address(array, at);
		const stride = (array: string) =>
			body.get(strideName(values.blockName(array)));
		return call(
			this.softmax,
			from(s.array, s.at),
			stride(s.array),
			ofAll ? body.get("points") : i32.const(1),
			values.size(s.size),
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
				: values.size(s.index.size);
		return [
			body.set(index, i32.const(0)),
			s.parts.map((part) =>
				loopWhile(
					i32.lt(i32.add(body.get(index), i32.const(part.step - 1)), end),
					this.block(part.body),
					body.set(index, i32.add(body.get(index), i32.const(part.step))),
				),
			),
		];
	}

	private loop(s: LoopStatement): Code {
		const index = s.index.name;
		this.body.declare(index, "i32");
		const first = isValue(s.lower, 1)
			? i32.const(0)
			: this.values.position(s.lower);
		const body = s.except.reduce<Code>(
			(inner, e) =>
				ifElse(
					i32.eq(this.body.get(index), this.values.position(e)),
					[],
					inner,
				),
			this.block(s.body),
		);
		return [
			this.body.set(index, first),
			loopWhile(
				i32.lt(this.body.get(index), this.values.whole(s.upper)),
				body,
				this.body.set(index, i32.add(this.body.get(index), i32.const(1))),
			),
		];
	}
}
