import type { Dim, FunctionName } from "../../../expr/tree.js";
import { type BlockPass, normalisedAlone } from "../../blocks/blocks.js";
import { isValue, parts, type Scalar } from "../../scalar.js";
import type {
	CollectStatement,
	NormaliseStatement,
	Statement,
	TilesStatement,
} from "../../statement.js";
import { Binding, Expressions, type Layout } from "../infix.js";
import { namesIn } from "../state.js";
import { doubles, positions } from "./dialect.js";
import { Statements } from "./statements.js";

/** Functions that the runtime computes for several data points at once. */
const vectorFunctions: Partial<Record<FunctionName, string>> = {
	exp: "vec_exp",
	log: "vec_log",
	abs: "vec_abs",
};

const choices = {
	"=": "where_equal",
	"≠": "where_unequal",
	"<": "where_less",
	"≤": "where_at_most",
} as const;

/**
 * Writes what is done for a data point as C that does it for several points at once: a value that differs from point to
 * point is a vector with a lane for each, and arrays along the data are read and written by blocks of rows. What no
 * vector function computes is computed lane by lane. Where loops differ from point to point there is one lane.
 */
export class LaneStatements extends Statements {
	private readonly lanes: Expressions;
	private readonly single: Expressions;
	private count = 0;

	constructor(
		layout: Layout,
		private readonly pass: BlockPass,
		private readonly dataAxis: Dim,
	) {
		const single = oneLane(layout, pass, dataAxis);
		const lanes = pass.isEven
			? laneExpressions(layout, pass, dataAxis)
			: single;
		super(layout, lanes);
		this.lanes = lanes;
		this.single = single;
	}

	protected override statement(s: Statement, indent: string): string[] {
		switch (s.kind) {
			case "let": {
				if (!this.pass.varying.is(s.value)) return super.statement(s, indent);
				const { before, text } = this.vector(s.value, indent);
				return [...before, `${indent}const vec ${s.name} = ${text};`];
			}
			case "accumulator": {
				if (!this.pass.varying.has(s.name)) return super.statement(s, indent);
				const start = s.op === "+" ? "0.0" : "1.0";
				return [`${indent}vec ${s.name} = splat(${start});`];
			}
			case "gather": {
				if (!this.pass.varying.has(s.into.name))
					return super.statement(s, indent);
				const { before, text } = this.vector(s.value, indent);
				return [...before, `${indent}${s.into.name} ${s.into.op}= ${text};`];
			}
			case "store": {
				if (!this.isVector(s.array)) return super.statement(s, indent);
				const { before, text } = this.vector(s.value, indent);
				const value = s.how === "root" ? `vec_sqrt(${text})` : text;
				const element = this.lanes.element(s.array, s.at);
				return [...before, `${indent}${element} = ${value};`];
			}
			case "collect":
				return this.collectLanes(s, indent);
			case "normalise":
				return this.softmax(s, "1", indent);
			case "factorise": {
				// a point has a matrix of its own where there is one lane
				if (!this.isVector(s.array)) return super.statement(s, indent);
				const element = this.lanes.element(s.array, s.at);
				const size = this.lanes.size(s.size);
				return [
					`${indent}const double ${s.name} = factorise((double *)&${element}, ${size});`,
					`${indent}(void)${s.name};`,
				];
			}
			case "tiles":
				return this.tiles(s, indent);
			default:
				return super.statement(s, indent);
		}
	}

	/** Normalises weights: of the point in hand, or of all points of the block. */
	private softmax(
		s: NormaliseStatement,
		points: "1" | "points",
		indent: string,
	): string[] {
		const place = (array: string, at: readonly Scalar[]) =>
			points === "1"
				? `&${this.lanes.element(array, at)}`
				: this.atFirst(array, at);
		const stride = (array: string) =>
			strideName(blockName(this.layout, this.pass, array));
		const logs = s.logs
			? `${place(s.logs.array, s.logs.at)}, ${stride(s.logs.array)}`
			: "NULL, 0";
		const weights = `${place(s.array, s.at)}, ${stride(s.array)}`;
		const size = this.lanes.size(s.size);
		return [
			`${indent}vec_softmax(${weights}, ${points}, ${size}, ${logs}, scale);`,
		];
	}

	/** Where that what an array has for the points of a block begins, at the subscripts other than the point. */
	private atFirst(array: string, [, ...rest]: readonly Scalar[]): string {
		const name = blockName(this.layout, this.pass, array);
		const dims = this.layout.dims(array)?.slice(1) ?? [];
		const offset = this.lanes.offset(dims, rest);
		return offset === "0" ? name : `${name} + ${offset}`;
	}

	/** Loops that follow each other; that over points runs over the block, and knows the data point where there is one lane. */
	private tiles(s: TilesStatement, indent: string): string[] {
		const isPoint = s.index.name === this.pass.point.name;
		const index = this.layout.name(s.index.name);
		const end = isPoint ? "points" : this.lanes.size(s.index.size);
		const row = this.layout.name(this.pass.row.name);
		const weights = normalisedAlone(s, this.pass.point);
		if (weights && this.pass.isEven)
			return this.softmax(weights, "points", indent);
		const own =
			isPoint && !this.pass.isEven
				? [
						`${indent}\t\tconst int lane = 0;`,
						`${indent}\t\tconst int64_t ${row} = from + ${index};`,
						`${indent}\t\t(void)lane, (void)${row};`,
					]
				: [];
		const [only, ...more] = s.parts;
		if (only?.step === 1 && more.length === 0)
			return [
				`${indent}for (int64_t ${index} = 0; ${index} < ${end}; ${index}++) {`,
				...own.map((line) => line.slice(1)),
				...this.block(only.body, `${indent}\t`),
				`${indent}}`,
			];
		return [
			`${indent}{`,
			`${indent}\tint64_t ${index} = 0;`,
			...s.parts.flatMap(({ step, body }) => [
				step === 1
					? `${indent}\tfor (; ${index} < ${end}; ${index}++) {`
					: `${indent}\tfor (; ${index} + ${step} <= ${end}; ${index} += ${step}) {`,
				...own,
				...this.block(body, `${indent}\t\t`),
				`${indent}\t}`,
			]),
			`${indent}}`,
		];
	}

	private isVector(array: string): boolean {
		return (
			this.pass.varying.has(array) ||
			this.layout.dims(array)?.[0] === this.dataAxis
		);
	}

	private collectLanes(s: CollectStatement, indent: string): string[] {
		const { before, text } = this.vector(s.value, indent);
		const at = this.position(s.array, s.at);
		const sums = `${this.layout.name(s.array)}_lanes`;
		return [...before, `${indent}${sums}[${at}] += ${text};`];
	}

	/** A value as a vector, and the statements that it takes before. */
	private vector(
		value: Scalar,
		indent: string,
	): { before: string[]; text: string } {
		if (!this.pass.varying.is(value))
			return { before: [], text: `splat(${this.lanes.value(value)})` };
		if (this.hasVectorForm(value))
			return { before: [], text: this.lanes.value(value) };
		this.count++;
		const name = `lane${this.count}`;
		const row = this.layout.name(this.pass.row.name);
		const text = this.single.value(value);
		const needsRow = namesIn([text], [row]).length > 0;
		return {
			before: [
				`${indent}vec ${name} = splat(0.0);`,
				`${indent}for (int lane = 0; lane < LANES; lane++) {`,
				...(needsRow
					? [
							`${indent}\tconst int64_t ${row} = from + ${this.pass.point.name} * LANES + (lane < live ? lane : 0);`,
						]
					: []),
				`${indent}\tLANE(${name}, lane) = ${text};`,
				`${indent}}`,
			],
			text: name,
		};
	}

	private hasVectorForm(value: Scalar): boolean {
		if (!this.pass.isEven || !this.pass.varying.is(value)) return true;
		switch (value.kind) {
			case "index":
				return false;
			case "local":
				return true;
			case "read":
				return (
					isPlainRead(value, this.layout, this.pass, this.dataAxis) ||
					!value.at.some((a) => this.pass.varying.is(a))
				);
			case "call":
				return (
					value.fn in vectorFunctions && this.hasVectorForm(value.argument)
				);
			case "power":
				return (
					hasVectorExponent(value.exponent) && this.hasVectorForm(value.base)
				);
			default:
				return parts(value).every((part) => this.hasVectorForm(part));
		}
	}
}

function hasVectorExponent(exponent: Scalar): boolean {
	return [0.5, 1, 2, -0.5, -1, -2].some((e) => isValue(exponent, e));
}

/** Whether an array along the data is read at the data point in hand, with subscripts that are the same for all points. */
function isPlainRead(
	s: Extract<Scalar, { kind: "read" }>,
	layout: Layout,
	pass: BlockPass,
	dataAxis: Dim,
): boolean {
	return pass.isAtPoint(s.at) && layout.dims(s.array)?.[0] === dataAxis;
}

/** The element of an array that is kept by rows, in the block of rows in hand. */
function rowElement(
	layout: Layout,
	pass: BlockPass,
	dataAxis: Dim,
	positionsOf: Expressions,
) {
	return (array: string, at: readonly Scalar[]): string | null => {
		const dims = layout.dims(array);
		const [first, ...rest] = at;
		if (dims?.[0] !== dataAxis || !first || !pass.isAtPoint(at)) return null;
		const name = blockName(layout, pass, array);
		const place = positionsOf.scaled(first, strideName(name));
		return dims.length > 1
			? `${name}[${place} + ${positionsOf.offset(dims.slice(1), rest)}]`
			: `${name}[${positionsOf.position(first)}]`;
	};
}

/** What an array with an element or more for each point of a block is called there. */
export function blockName(
	layout: Layout,
	pass: BlockPass,
	array: string,
): string {
	const name = layout.name(array);
	return pass.tables.has(array) ? name : `${name}_rows`;
}

/** How many vectors there are from one point of such an array to the next. */
export function strideName(name: string): string {
	return `${name}_stride`;
}

function laneExpressions(
	layout: Layout,
	pass: BlockPass,
	dataAxis: Dim,
): Expressions {
	const subscripts = new Expressions(layout, positions);
	const isVec = (s: Scalar) => pass.varying.is(s);
	const vector = (s: Scalar, text: string) =>
		isVec(s) ? text : `splat(${text})`;
	return new Expressions(
		layout,
		{
			...doubles,
			element: rowElement(layout, pass, dataAxis, subscripts),
			call: (s, argument) =>
				isVec(s.argument)
					? `${vectorFunctions[s.fn]}(${argument})`
					: doubles.call(s, argument),
			root: (base, text) =>
				isVec(base) ? `vec_sqrt(${text})` : doubles.root(base, text),
			power: (base, text, exponent) =>
				isVec(base)
					? `vec_square(${text})`
					: doubles.power(base, text, exponent),
			choice: (s, left, right, then) => {
				const [a, b, c] = [
					vector(s.left, left),
					vector(s.right, right),
					vector(s.body, then),
				];
				if (isVec(s.left) || isVec(s.right)) {
					const text = `${choices[s.comparison]}(${a}, ${b}, ${c})`;
					return { text, binding: Binding.Atom };
				}
				if (!isVec(s.body)) return doubles.choice(s, left, right, then);
				const plain = doubles.choice(s, left, right, then).text;
				const test = plain.slice(0, plain.indexOf(" ? "));
				return {
					text: `${test} ? ${then} : splat(0.0)`,
					binding: Binding.Conditional,
				};
			},
		},
		subscripts,
	);
}

/** Expressions for the number in one lane. */
function oneLane(layout: Layout, pass: BlockPass, dataAxis: Dim): Expressions {
	const inLane = (text: string) => `LANE(${text}, lane)`;
	const subscripts = new Expressions(
		{ ...layout, name: (of) => layout.name(of) },
		positions,
	);
	const plain = rowElement(layout, pass, dataAxis, subscripts);
	const dialect = {
		element: (array: string, at: readonly Scalar[]) => {
			const row = plain(array, at);
			if (row !== null && !at.slice(1).some((a) => pass.varying.is(a)))
				return inLane(row);
			if (!pass.varying.has(array)) return null;
			const dims = layout.dims(array) ?? [];
			return inLane(`${layout.name(array)}[${subscripts.offset(dims, at)}]`);
		},
		local: (name: string) => (pass.varying.has(name) ? inLane(name) : name),
	};
	return new Expressions(
		layout,
		{ ...doubles, ...dialect },
		new Expressions(layout, { ...positions, ...dialect }),
	);
}
