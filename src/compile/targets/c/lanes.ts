import type { Dim, FunctionName } from "../../../expr/tree.js";
import { type RowPass, type Varying, valuesOf } from "../../rows.js";
import { isValue, parts, type Scalar } from "../../scalar.js";
import type { CollectStatement, Statement } from "../../statement.js";
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
		private readonly pass: RowPass,
		private readonly dataAxis: Dim,
		private readonly varying: Varying,
		private readonly oneByOne: boolean,
	) {
		const single = oneLane(layout, pass, dataAxis, varying);
		const lanes = oneByOne
			? single
			: laneExpressions(layout, pass, dataAxis, varying);
		super(layout, lanes);
		this.lanes = lanes;
		this.single = single;
	}

	protected override statement(s: Statement, indent: string): string[] {
		switch (s.kind) {
			case "let": {
				if (!this.varying.is(s.value)) return super.statement(s, indent);
				const { before, text } = this.vector(s.value, indent);
				return [...before, `${indent}const vec ${s.name} = ${text};`];
			}
			case "accumulator": {
				if (!this.varying.has(s.name)) return super.statement(s, indent);
				const start = s.op === "+" ? "0.0" : "1.0";
				return [`${indent}vec ${s.name} = splat(${start});`];
			}
			case "gather": {
				if (!this.varying.has(s.into.name)) return super.statement(s, indent);
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
			case "normalise": {
				const place = (array: string, at: readonly Scalar[]) =>
					`&${this.lanes.element(array, at)}`;
				const logs = s.logs ? place(s.logs.array, s.logs.at) : "NULL";
				const size = this.lanes.size(s.size);
				return [
					`${indent}vec_softmax(${place(s.array, s.at)}, ${size}, ${logs});`,
				];
			}
			default:
				return super.statement(s, indent);
		}
	}

	private isVector(array: string): boolean {
		return (
			this.varying.has(array) || this.layout.dims(array)?.[0] === this.dataAxis
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
		if (!this.varying.is(value))
			return { before: [], text: `splat(${this.lanes.value(value)})` };
		if (this.hasVectorForm(value))
			return { before: [], text: this.lanes.value(value) };
		this.count++;
		const name = `lane${this.count}`;
		const row = this.layout.name(this.pass.rows.index.name);
		const text = this.single.value(value);
		const needsRow = namesIn([text], [row]).length > 0;
		return {
			before: [
				`${indent}vec ${name} = splat(0.0);`,
				`${indent}for (int lane = 0; lane < LANES; lane++) {`,
				...(needsRow
					? [
							`${indent}\tconst int64_t ${row} = from + (lane < live ? lane : 0);`,
						]
					: []),
				`${indent}\tLANE(${name}, lane) = ${text};`,
				`${indent}}`,
			],
			text: name,
		};
	}

	private hasVectorForm(value: Scalar): boolean {
		if (this.oneByOne || !this.varying.is(value)) return true;
		switch (value.kind) {
			case "index":
				return false;
			case "local":
				return true;
			case "read":
				return (
					isPlainRead(value, this.layout, this.pass, this.dataAxis) ||
					!value.at.some((a) => this.varying.is(a))
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
	pass: RowPass,
	dataAxis: Dim,
): boolean {
	const [first] = s.at;
	const isRow = first?.kind === "index" && first.name === pass.rows.index.name;
	return isRow && layout.dims(s.array)?.[0] === dataAxis;
}

/** The element of an array that is kept by rows, in the block of rows in hand. */
function rowElement(
	layout: Layout,
	pass: RowPass,
	dataAxis: Dim,
	positionsOf: Expressions,
) {
	return (array: string, at: readonly Scalar[]): string | null => {
		const dims = layout.dims(array);
		const [first, ...rest] = at;
		if (dims?.[0] !== dataAxis) return null;
		if (first?.kind !== "index" || first.name !== pass.rows.index.name)
			return null;
		return `${layout.name(array)}_rows[${positionsOf.offset(dims.slice(1), rest)}]`;
	};
}

function laneExpressions(
	layout: Layout,
	pass: RowPass,
	dataAxis: Dim,
	varying: Varying,
): Expressions {
	const subscripts = new Expressions(layout, positions);
	const isVec = (s: Scalar) => varying.is(s);
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
function oneLane(
	layout: Layout,
	pass: RowPass,
	dataAxis: Dim,
	varying: Varying,
): Expressions {
	const inLane = (text: string) => `LANE(${text}, lane)`;
	const subscripts = new Expressions(
		{ ...layout, name: (of) => layout.name(of) },
		positions,
	);
	const plain = rowElement(layout, pass, dataAxis, subscripts);
	const dialect = {
		element: (array: string, at: readonly Scalar[]) => {
			const row = plain(array, at);
			if (row !== null && !at.slice(1).some((a) => varying.is(a)))
				return inLane(row);
			if (!varying.has(array)) return null;
			const dims = layout.dims(array) ?? [];
			return inLane(`${layout.name(array)}[${subscripts.offset(dims, at)}]`);
		},
		local: (name: string) => (varying.has(name) ? inLane(name) : name),
	};
	return new Expressions(
		layout,
		{ ...doubles, ...dialect },
		new Expressions(layout, { ...positions, ...dialect }),
	);
}

/** Whether the loops' bounds are the same for all data points, so that these can be taken together. */
export function canShareLanes(
	statements: readonly Statement[],
	varying: Varying,
): boolean {
	return statements.every((s) => {
		const bounds = s.kind === "loop" ? valuesOf(s) : [];
		const isPlain =
			s.kind === "store" || s.kind === "collect" || s.kind === "normalise"
				? !s.at.slice(1).some((a) => varying.is(a))
				: true;
		const inner =
			s.kind === "loop"
				? s.body
				: s.kind === "if"
					? [...s.body, ...s.otherwise]
					: [];
		return (
			isPlain &&
			!bounds.some((b) => varying.is(b)) &&
			canShareLanes(inner, varying)
		);
	});
}
