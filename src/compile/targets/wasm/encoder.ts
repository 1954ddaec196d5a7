/**
 * WebAssembly's binary format, as much of it as the kernels need (core specification 2.0, chapter 5). Code is nested
 * lists of bytes. A dependency that assembles text would be a hundred times as large as what it is used for.
 */
export type Code = readonly (number | Code)[];

export type ValueType = "i32" | "f64" | "v128";

const typeBytes: Readonly<Record<ValueType, number>> = {
	i32: 0x7f,
	f64: 0x7c,
	v128: 0x7b,
};

/** A whole number in as few bytes as it takes (LEB128). */
export function unsigned(n: number): Code {
	const bytes: number[] = [];
	for (let rest = n; ; rest >>>= 7) {
		const byte = rest & 0x7f;
		if (rest < 0x80) return [...bytes, byte];
		bytes.push(byte | 0x80);
	}
}

function signed(n: number): Code {
	const bytes: number[] = [];
	for (let rest = n; ; rest >>= 7) {
		const byte = rest & 0x7f;
		const isLast = (rest >> 6 === 0 || rest >> 6 === -1) as boolean;
		if (isLast) return [...bytes, byte];
		bytes.push(byte | 0x80);
	}
}

function doubleBytes(value: number): number[] {
	return [...new Uint8Array(Float64Array.of(value).buffer)];
}

const simd = (opcode: number) => [0xfd, unsigned(opcode)] as const;
const binary =
	(opcode: Code) =>
	(a: Code, b: Code): Code => [a, b, opcode];
const unary =
	(opcode: Code) =>
	(a: Code): Code => [a, opcode];
/** Memory is aligned to eight bytes. */
const aligned = (behind: number): Code => [3, unsigned(behind)];

/**
 * What may become one instruction: bytes above 255 say where it begins. `a b × c +` and `a b c` with a multiply-add are as
 * long as each other, so that a module needs no second copy of its code.
 */
const marks = { product: 0x100, sum: 0x200 };
const product: Code = [0xfd + marks.product, 0xf2, 0x01];
const sum: Code = [0xfd + marks.sum, 0xf0, 0x01];

/** Replaces `×` by nothing and `+` by a relaxed multiply-add (WebAssembly 3.0), at the places that a module lists. */
export const fuseSource = `function fuse(bytes, { products, sums }) {
	for (const at of products) bytes.fill(0x01, at, at + 3);
	for (const at of sums) bytes.set([0xfd, 0x87, 0x02], at);
}`;

export const i32 = {
	const: (n: number): Code => [0x41, signed(n)],
	add: binary([0x6a]),
	sub: binary([0x6b]),
	mul: binary([0x6c]),
	eq: binary([0x46]),
	lt: binary([0x48]),
	gt: binary([0x4a]),
	ge: binary([0x4e]),
	/** `a < b` of places in memory, which may lie beyond 2 GB. */
	below: binary([0x49]),
	and: binary([0x71]),
	or: binary([0x72]),
	shl: binary([0x74]),
	shr: binary([0x75]),
	select: (a: Code, b: Code, test: Code): Code => [a, b, test, 0x1b],
	/** The whole number of a double. */
	of: unary([0xfc, 2]),
};

export const f64 = {
	const: (value: number): Code => [0x44, doubleBytes(value)],
	/** The double at a place, or so many bytes behind it. */
	load: (at: Code, behind = 0): Code => [at, 0x2b, aligned(behind)],
	store: (at: Code, value: Code, behind = 0): Code => [
		at,
		value,
		0x39,
		aligned(behind),
	],
	add: binary([0xa0]),
	sub: binary([0xa1]),
	mul: binary([0xa2]),
	div: binary([0xa3]),
	abs: unary([0x99]),
	sqrt: unary([0x9f]),
	eq: binary([0x61]),
	ne: binary([0x62]),
	lt: binary([0x63]),
	le: binary([0x65]),
	of: unary([0xb7]),
	select: (a: Code, b: Code, test: Code): Code => [a, b, test, 0x1b],
};

export const f64x2 = {
	/** The vector at a place, or so many bytes behind it. */
	load: (at: Code, behind = 0): Code => [at, simd(0x00), aligned(behind)],
	store: (at: Code, value: Code, behind = 0): Code => [
		at,
		value,
		simd(0x0b),
		aligned(behind),
	],
	const: (value: number): Code => [
		simd(0x0c),
		doubleBytes(value),
		doubleBytes(value),
	],
	bits: (value: bigint): Code => {
		const bytes = [...new Uint8Array(BigUint64Array.of(value).buffer)];
		return [simd(0x0c), bytes, bytes];
	},
	splat: unary(simd(0x14)),
	/** The number in memory in both lanes. */
	loadBoth: (at: Code, behind = 0): Code => [at, simd(0x0a), aligned(behind)],
	lane: (v: Code, lane: number): Code => [v, simd(0x21), lane],
	withLane: (v: Code, lane: number, value: Code): Code => [
		v,
		value,
		simd(0x22),
		lane,
	],
	eq: binary(simd(0x47)),
	ne: binary(simd(0x48)),
	lt: binary(simd(0x49)),
	gt: binary(simd(0x4a)),
	le: binary(simd(0x4b)),
	and: binary(simd(0x4e)),
	or: binary(simd(0x50)),
	/** `a` where the mask is set, else `b`. */
	pick: (mask: Code, a: Code, b: Code): Code => [a, b, mask, simd(0x52)],
	abs: unary(simd(0xec)),
	sqrt: unary(simd(0xef)),
	add: binary(simd(0xf0)),
	sub: binary(simd(0xf1)),
	mul: binary(simd(0xf2)),
	div: binary(simd(0xf3)),
	/** a b + c: multiplied, rounded and added, or rounded once where the engine has an instruction for it. */
	fused: (a: Code, b: Code, c: Code): Code => [a, b, product, c, sum],
	/** The smaller one, and the first where either is not a number. */
	atMost: binary(simd(0xf6)),
	atLeast: binary(simd(0xf7)),
	shiftLeft: (v: Code, by: number): Code => [v, i32.const(by), simd(0xcb)],
	shiftRight: (v: Code, by: number): Code => [v, i32.const(by), simd(0xcd)],
	addBits: binary(simd(0xce)),
};

export const call = (index: number, ...args: readonly Code[]): Code => [
	...args,
	0x10,
	unsigned(index),
];

/** Runs the body while the test holds, and the step after each time. */
export const loopWhile = (test: Code, body: Code, step: Code): Code => [
	[0x02, 0x40, 0x03, 0x40],
	[test, 0x45, 0x0d, 1],
	body,
	step,
	[0x0c, 0, 0x0b, 0x0b],
];

export const ifElse = (test: Code, then: Code, otherwise: Code): Code => [
	test,
	[0x04, 0x40],
	then,
	0x05,
	otherwise,
	0x0b,
];

/** A function being written: its parameters, and locals that are made when they are first named. */
export class FunctionBody {
	private readonly indices = new Map<string, number>();
	private readonly types: ValueType[] = [];

	constructor(
		readonly parameters: readonly (readonly [string, ValueType])[],
		readonly result: ValueType | null,
	) {
		for (const [name, type] of parameters) this.declare(name, type);
	}

	has(name: string): boolean {
		return this.indices.has(name);
	}

	typeOf(name: string): ValueType {
		return this.types[this.indices.get(name) as number] as ValueType;
	}

	declare(name: string, type: ValueType): void {
		if (this.indices.has(name)) return;
		this.indices.set(name, this.types.length);
		this.types.push(type);
	}

	get(name: string): Code {
		return [0x20, unsigned(this.index(name))];
	}

	set(name: string, value: Code): Code {
		return [value, 0x21, unsigned(this.index(name))];
	}

	private index(name: string): number {
		const index = this.indices.get(name);
		if (index === undefined) throw new Error(`no local is named ${name}`);
		return index;
	}

	signature(): Code {
		const types = this.parameters.map(([, type]) => typeBytes[type]);
		const results = this.result ? [typeBytes[this.result]] : [];
		return [0x60, vector(types), vector(results)];
	}

	encoded(code: Code): Code {
		const locals = this.types
			.slice(this.parameters.length)
			.map((type) => [1, typeBytes[type]]);
		return sized([vector(locals), code, 0x0b]);
	}
}

export interface Import {
	readonly name: string;
	readonly parameters: number;
}

/** A module as bytes, and which of them says what kind of memory it takes: 1, and 3 for one that is shared. */
export interface Encoded {
	readonly bytes: Uint8Array;
	readonly memoryKind: number;
	/** Where the halves of what may be fused begin. */
	readonly fusible: {
		readonly products: readonly number[];
		readonly sums: readonly number[];
	};
}

/** A module with imported memory and functions of doubles, whose last function is exported as `rows`. */
export function moduleBytes(
	imports: readonly Import[],
	functions: readonly { readonly body: FunctionBody; readonly code: Code }[],
): Encoded {
	const doubles = imports.map(({ parameters }) => [
		0x60,
		vector(Array(parameters).fill(typeBytes.f64)),
		vector([typeBytes.f64]),
	]);
	const signatures = [
		...doubles,
		...functions.map(({ body }) => body.signature()),
	];
	const imported = imports.map(({ name }, n) => [
		text("env"),
		text(name),
		0x00,
		unsigned(n),
	]);
	// of any size up to 65,536 pages
	const limits = [0x01, 0x00, [0x80, 0x80, 0x04]];
	const memory = [text("env"), text("memory"), 0x02, limits];
	const indices = functions.map((_, n) => unsigned(imports.length + n));
	const exported = unsigned(imports.length + functions.length - 1);
	const bodies = functions.map(({ body, code }) => body.encoded(code));
	const before = flat([
		[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
		section(1, vector(signatures)),
		section(2, vector([...imported, memory])),
	]);
	const after = flat([
		section(3, vector(indices)),
		section(7, vector([[text("rows"), 0x00, exported]])),
		section(10, vector(bodies)),
	]);
	const all = [...before, ...after];
	const marked = (mark: number) =>
		[...all.keys()].filter((at) => ((all[at] as number) & mark) !== 0);
	return {
		bytes: Uint8Array.from(all),
		memoryKind: before.length - flat(limits).length,
		fusible: { products: marked(marks.product), sums: marked(marks.sum) },
	};
}

function vector(items: Code): Code {
	return [unsigned(items.length), items];
}

function sized(code: Code): Code {
	const bytes = flat(code);
	return [unsigned(bytes.length), bytes];
}

function section(id: number, content: Code): Code {
	return [id, sized(content)];
}

function text(value: string): Code {
	return vector([...new TextEncoder().encode(value)]);
}

function flat(code: Code): number[] {
	const bytes: number[] = [];
	const visit = (part: number | Code): void => {
		if (typeof part === "number") bytes.push(part);
		else part.forEach(visit);
	};
	visit(code);
	return bytes;
}
