import type { Dim } from "../../../expr/tree.js";
import type { BlockPass } from "../../blocks/blocks.js";
import { keyOf, number, parts, type Scalar } from "../../scalar.js";
import type { Layout } from "../infix.js";
import { type Code, type FunctionBody, i32 } from "./encoder.js";

/** A place in memory: so many bytes behind an address, which the instruction that reads there adds by itself. */
export interface Place {
	readonly at: Code;
	readonly behind: number;
}

type Read = Extract<Scalar, { kind: "read" }>;

/** What holds the bytes from one point to the next of an array with elements for each point of a block. */
export function strideName(name: string): string {
	return `${name}_stride`;
}

/** Where things are in memory. Subscripts count from 1 in values and from 0 in memory. */
export class Places {
	/** How a number that is the same for all points, or of one lane, is computed. */
	scalar: (s: Scalar) => Code = () => {
		throw new Error("nothing computes subscripts");
	};

	constructor(
		private readonly body: FunctionBody,
		private readonly layout: Layout,
		private readonly pass: BlockPass,
		private readonly dataAxis: Dim,
		private readonly lane: 0 | 1 | null = null,
		/** What holds the place of elements that a loop goes along, by the elements. */
		private readonly pointers = new Map<string, string>(),
	) {}

	inLane(lane: 0 | 1): Places {
		const { body, layout, pass, dataAxis, pointers } = this;
		return new Places(body, layout, pass, dataAxis, lane, pointers);
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

	isRowArray(array: string): boolean {
		return this.layout.dims(array)?.[0] === this.dataAxis;
	}

	/** Whether an element belongs to a point of the block. */
	isOfPoint(array: string, at: readonly Scalar[]): boolean {
		return this.pass.isAtPoint(at) && this.isRowArray(array);
	}

	/** What holds where the elements of a block's points begin. */
	blockName(array: string): string {
		const name = this.layout.name(array);
		return this.pass.tables.has(array) ? name : `${name}_rows`;
	}

	/** The place of an element. */
	of(array: string, at: readonly Scalar[]): Place {
		const { first, behind } = this.withoutOffset(array, at);
		const pointer = this.pointers.get(keyOf(elementOf(array, first)));
		const found = pointer ? this.body.get(pointer) : this.address(array, first);
		return { at: found, behind };
	}

	/** The place of an element, as one address. */
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
		return this.offset(this.body.get(this.layout.name(array)), dims, at, 8);
	}

	/** The place of an element of the first point of a block, or of one so many bytes behind it. */
	firstAddress(
		array: string,
		[, ...rest]: readonly Scalar[],
		behind?: Code,
	): Code {
		const base = this.body.get(this.blockName(array));
		const dims = this.layout.dims(array)?.slice(1) ?? [];
		return this.offset(behind ? i32.add(base, behind) : base, dims, rest, 16);
	}

	/** The place of the lanes in which a sum over the data is formed. */
	lanesOf(sum: string, at: readonly Scalar[]): Code {
		const lanes = this.body.get(`${this.layout.name(sum)}_lanes`);
		return this.offset(lanes, this.layout.dims(sum) ?? [], at, 16);
	}

	/**
	 * Code in which pointers stand at the elements that are read, and move on with an index: what sets them up when the index
	 * has its first value, the code itself, and what moves them by so many steps of the index.
	 */
	along(
		index: string,
		values: readonly Scalar[],
		steps: number,
		write: () => Code,
	): { readonly before: Code; readonly inside: Code; readonly step: Code } {
		const own = this.elementsAlong(index, values);
		const before = [...own].map(([key, { array, at }]) => {
			const name = `pointer${this.pointers.size}`;
			this.body.declare(name, "i32");
			const start = this.body.set(name, this.address(array, at));
			this.pointers.set(key, name);
			return start;
		});
		const inside = write();
		const step = [...own].map(([key, element]) => {
			const name = this.pointers.get(key) as string;
			this.pointers.delete(key);
			const by = i32.mul(this.stride(element, index), i32.const(steps));
			return this.body.set(name, i32.add(this.body.get(name), by));
		});
		return { before, inside, step };
	}

	/** Elements in memory, less what is behind them, that are read at one subscript that moves with the index. */
	private elementsAlong(
		index: string,
		values: readonly Scalar[],
	): ReadonlyMap<string, Read> {
		const found = new Map<string, Read>();
		const visit = (s: Scalar): void => {
			if (s.kind !== "read") {
				parts(s).forEach(visit);
				return;
			}
			if (this.layout.dims(s.array) === null) return;
			const { first } = this.withoutOffset(s.array, s.at);
			const element = elementOf(s.array, first);
			const key = keyOf(element);
			const moving = first.filter((a) => mentions(a, index));
			const isPlain =
				moving.length === 1 &&
				isIndexOrBehind(moving[0] as Scalar) &&
				!first.some((a) => this.isOfLane(a));
			if (isPlain && !this.pointers.has(key)) found.set(key, element);
		};
		values.forEach(visit);
		return found;
	}

	/** Whether a subscript is itself data, as the `w_n` of `\beta_{k, w_n}`: each lane's elements are elsewhere then. */
	private isOfLane(subscript: Scalar): boolean {
		return subscript.kind === "read" && this.pass.varying.is(subscript);
	}

	/** Bytes from an element to the next along an index. */
	private stride({ array, at }: Read, index: string): Code {
		const axis = at.findIndex((a) => mentions(a, index));
		const isOfPoint = this.isOfPoint(array, at);
		if (isOfPoint && axis === 0)
			return this.body.get(strideName(this.blockName(array)));
		const after = (this.layout.dims(array) ?? []).slice(axis + 1);
		const bytes = i32.const(isOfPoint ? 16 : 8);
		return after.length === 0 ? bytes : i32.mul(this.length(after), bytes);
	}

	/** The subscripts without what is added to the last of them, and how many bytes that is. */
	private withoutOffset(
		array: string,
		at: readonly Scalar[],
	): { readonly first: readonly Scalar[]; readonly behind: number } {
		const isOfPoint = this.isOfPoint(array, at);
		const last = at.at(-1);
		const none = { first: at, behind: 0 };
		if (!last || (isOfPoint && at.length === 1)) return none;
		const [index, by] = last.kind === "add" ? last.terms : [];
		if (!index || by?.kind !== "number" || !isIndexOrBehind(last)) return none;
		const behind = by.value.valueOf() * (isOfPoint ? 16 : 8);
		return { first: [...at.slice(0, -1), index], behind };
	}

	/** A subscript, counting from 0. */
	position(s: Scalar): Code {
		if (s.kind === "index") return this.index(s.name);
		if (s.kind === "number") return i32.const(s.value.valueOf() - 1);
		if (s.kind === "add" && isIndexOrBehind(s)) {
			const [index, by] = s.terms;
			if (index?.kind === "index" && by?.kind === "number")
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

	/** An index, counting from 0; that of a data point is that of the lane's. */
	index(name: string): Code {
		const { body, pass } = this;
		if (name !== pass.row.name) return body.get(name);
		const behind = i32.shl(body.get(pass.point.name), i32.const(1));
		const first = i32.add(body.get("from"), behind);
		return this.lane === 1
			? i32.sub(i32.add(first, body.get("live")), i32.const(1))
			: first;
	}

	private offset(
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
}

function elementOf(array: string, at: readonly Scalar[]): Read {
	return { kind: "read", array, at, type: "real" };
}

function mentions(s: Scalar, index: string): boolean {
	return s.kind === "index"
		? s.name === index
		: parts(s).some((part) => mentions(part, index));
}

/** Whether it is an index, or an index and a whole number that is not negative. */
function isIndexOrBehind(s: Scalar): boolean {
	if (s.kind === "index") return true;
	if (s.kind !== "add" || s.terms.length !== 2) return false;
	const [index, by] = s.terms;
	return (
		index?.kind === "index" && by?.kind === "number" && by.value.compare(0) >= 0
	);
}
