import { distributionNamed } from "../distributions/index.js";
import type { Context, SymbolInfo } from "../expr/context.js";
import { shapeOf } from "../expr/shape.js";
import type { Dim, Factor, Plate, Shape } from "../expr/tree.js";
import type { Surface } from "../latex/surface.js";
import { Problem, type Span } from "../problem.js";
import { readParameters } from "./distributionCall.js";
import { openPassage, topScope } from "./expression.js";
import { firstStates } from "./firstStates.js";
import { isIdentity } from "./identity.js";
import { inferLabels } from "./labelInference.js";
import { nameOf } from "./lookup.js";
import { isPlainName, keyOf, latexOf, latexOfKey } from "./names.js";
import { inferParameters } from "./parameters.js";
import { inferShapes } from "./shapeInference.js";
import { unknownSize } from "./shapes.js";
import { readSpace } from "./space.js";
import type { Note, State } from "./state.js";
import type { RawBlock, RawStatement } from "./statement.js";
import { isOverLabels, valueType } from "./support.js";
import type { Knowledge, Variable } from "./variable.js";

/** From statements as written to typed factors: shapes and types of variables and parameters, then the parameters' trees. */

export interface BlockOptions {
	/** What a parameter that nothing declares is. */
	readonly role: "parameter" | "variational";
	/** The variables that the statements must be about, for a family over a model; null where they are introduced. */
	readonly over: readonly Factor[] | null;
	readonly lineAt: (span: Span) => number;
}

export interface ReadFactors {
	readonly context: Context;
	readonly factors: readonly (Factor & { readonly line: number })[];
	readonly notes: readonly Note[];
}

/**
 * Types a block of statements against what is known so far.
 * @throws Problem for whatever cannot be inferred, naming what would help.
 */
export function readFactors(
	block: RawBlock,
	state: State,
	options: BlockOptions,
): ReadFactors {
	const ranges = new Map([...state.context.ranges, ...block.ranges]);
	const { firsts, others } = firstStates(block.statements);
	const variables = others.map((raw) =>
		variableOf(raw, ranges, state, options),
	);
	checkOnce(variables);
	const chains = firsts.map(
		(first): Chained => ({
			axis: first.axis,
			first: variableOf(first.raw, ranges, state, options),
			chain: variables.find((v) => v.raw === first.of) as Variable,
		}),
	);
	const all = [...variables, ...chains.map(({ first }) => first)];
	const declared = membersAsSymbols(block, variables, state.context, ranges);
	const knowledge: Knowledge = {
		declared: (key) => declared.get(key),
		sizes: () => [
			...new Set([...declared.values()].flatMap((info) => info.dims)),
		],
		shapeOfExpression: (s, known) =>
			shapeOfExpression(s, withSymbols(state, declared, known, ranges)),
	};
	inferLabels(all, block, knowledge);
	if (!options.over) inferShapes(all, block, knowledge);
	chains.forEach(agreeOnShape);
	const symbols = new Map(declared);
	for (const v of variables)
		symbols.set(v.name, infoOf(v, options, symbols.get(v.name)));
	const isSize = (name: string) =>
		state.context.sizes.has(name) ||
		[...ranges.values()].includes(name) ||
		variables.some((v) => v.labels === name || v.shape?.includes(name));
	for (const v of all)
		for (const info of inferParameters(v, {
			variables,
			ranges,
			axesOf: (key) => symbols.get(key)?.dims ?? (isSize(key) ? [] : null),
			isSize,
			role: options.role,
			line: options.lineAt(v.raw.span),
		}))
			symbols.set(info.name, info);
	const sizes = new Set(state.context.sizes);
	for (const dim of [
		...ranges.values(),
		...[...symbols.values()].flatMap((info) => [...info.dims, info.labels]),
	])
		if (typeof dim === "string") sizes.add(dim);
	const context: Context = { ...state.context, symbols, sizes, ranges };
	const notes: Note[] = [];
	const read = (v: Variable) =>
		factorOf(v, { ...state, context }, options, notes);
	const factors = variables.map((v) => {
		const chained = chains.find(({ chain }) => chain === v);
		if (!chained) return read(v);
		const { distribution, parameters } = read(chained.first);
		const first = { axis: chained.axis, distribution, parameters };
		return { ...read(v), first };
	});
	return { context: withDegrees(context, factors), factors, notes };
}

/** The states of a Markov chain: the first, and all others. */
interface Chained {
	readonly axis: number;
	readonly first: Variable;
	readonly chain: Variable;
}

/** The first state says what the others are, whose mean is themselves. */
function agreeOnShape({ first, chain }: Chained): void {
	const shape = [first.shape, chain.shape].find((s) => s && s.length > 0);
	first.shape = chain.shape = shape ?? [];
}

/** What the degrees of freedom of random matrices exceed, where they are a letter. */
function withDegrees(context: Context, factors: readonly Factor[]): Context {
	const symbols = new Map(context.symbols);
	for (const { distribution, parameters, shape } of factors) {
		const { degrees } = distributionNamed(distribution);
		const parameter = degrees ? parameters[degrees] : undefined;
		const info =
			parameter?.kind === "symbol" ? symbols.get(parameter.name) : undefined;
		if (info && shape[0] !== undefined)
			symbols.set(info.name, { ...info, above: shape[0] });
	}
	return { ...context, symbols };
}

function variableOf(
	raw: RawStatement,
	ranges: ReadonlyMap<string, Dim>,
	state: State,
	options: BlockOptions,
): Variable {
	const { variable, distribution } = raw;
	const letters = variable.subscripts.filter((s) => isPlainName(s));
	const name = nameOf(variable);
	const isLabel = isOverLabels(distribution);
	if (options.over)
		return overModel(raw, name, letters.map(keyOf), isLabel, options.over);
	const plates = letters.map((letter, i) => ({
		index: keyOf(letter),
		size: rangeOf(letter, i, name, ranges, state),
	}));
	return { name, raw, plates, isLabel, shape: null, labels: null };
}

function rangeOf(
	letter: Surface,
	axis: number,
	name: string,
	ranges: ReadonlyMap<string, Dim>,
	state: State,
): Dim {
	const key = letter.kind === "name" ? keyOf(letter) : "";
	const range = ranges.get(key) ?? state.context.symbols.get(name)?.dims[axis];
	if (range !== undefined) return range;
	throw new Problem(
		`the range of \`${key}\` is not stated`,
		letter.span,
		`${key} = 1,\\dots,${key.toUpperCase()} beside the statement`,
	);
}

/** A factor of q is over a variable of the model and has its plates, shape and kind. */
function overModel(
	raw: RawStatement,
	name: string,
	letters: readonly string[],
	isLabel: boolean,
	over: readonly Factor[],
): Variable {
	const own = over.find((f) => f.variable === name);
	const names = over.map((f) => f.variable).join(", ");
	if (!own)
		throw new Problem(
			`the model has no variable \`${latexOf(raw.variable)}\``,
			raw.variable.span,
			`one of ${names}`,
		);
	if (own.plates.length !== letters.length)
		throw new Problem(
			`\`${latexOf(raw.variable)}\` has other subscripts than in the model`,
			raw.variable.span,
			`${own.plates.length} of them`,
		);
	if (isLabel !== (own.labels !== null))
		throw new Problem(
			`${raw.distribution.name} does not fit \`${latexOf(raw.variable)}\``,
			raw.span,
			own.labels === null
				? "a distribution over vectors or numbers"
				: "a Categorical",
		);
	const plates = own.plates.map(
		(p, i): Plate => ({ index: letters[i] ?? p.index, size: p.size }),
	);
	return { name, raw, plates, isLabel, shape: own.shape, labels: own.labels };
}

function checkOnce(variables: readonly Variable[]): void {
	for (const v of variables)
		if (variables.find((u) => u.name === v.name) !== v)
			throw new Problem(
				`\`${latexOf(v.raw.variable)}\` is stated twice`,
				v.raw.span,
				"one statement for each variable",
			);
}

/** Declared symbols, and those that the block itself declares by `∈`. */
function membersAsSymbols(
	block: RawBlock,
	variables: readonly Variable[],
	context: Context,
	ranges: ReadonlyMap<string, Dim>,
): ReadonlyMap<string, SymbolInfo> {
	const symbols = new Map(context.symbols);
	for (const { name, space, span } of block.members) {
		const key = nameOf(name);
		if (symbols.has(key) || variables.some((v) => v.name === key)) continue;
		const { shape, type, labels } = readSpace(space);
		const plates = name.subscripts.filter(isPlainName).map((sub) => {
			const range = ranges.get(sub.name);
			if (range === undefined)
				throw new Problem(
					`the range of a subscript of \`${latexOf(name)}\` is not known`,
					span,
					"its range",
				);
			return range;
		});
		symbols.set(key, {
			name: key,
			latex: latexOf(name),
			type,
			dims: [...plates, ...shape],
			labels,
			role: "parameter",
			line: 0,
		});
	}
	return symbols;
}

/** The state in which a mean that is an expression is read to find its shape. */
function withSymbols(
	state: State,
	declared: ReadonlyMap<string, SymbolInfo>,
	variables: readonly Variable[],
	ranges: ReadonlyMap<string, Dim>,
): State {
	const symbols = new Map(declared);
	for (const v of variables)
		if (v.shape) symbols.set(v.name, infoOf({ ...v }, null, undefined));
	return { ...state, context: { ...state.context, symbols, ranges } };
}

function shapeOfExpression(s: Surface, state: State): Shape | null {
	try {
		const shape = shapeOf(topScope(openPassage([s], state)).read(s));
		return shape.includes(unknownSize) || shape.length > 1 ? null : shape;
	} catch (problem) {
		if (problem instanceof Problem) return null;
		throw problem;
	}
}

function infoOf(
	v: Variable,
	options: BlockOptions | null,
	declared: SymbolInfo | undefined,
): SymbolInfo {
	const dims = [...v.plates.map((p) => p.size), ...(v.shape ?? [])];
	if (declared && declared.dims.join() === dims.join() && !v.isLabel)
		return { ...declared, role: "latent" };
	if (declared && options && !options.over)
		throw new Problem(
			`\`${latexOf(v.raw.variable)}\` is declared as ${declared.type}[${declared.dims.join(",")}] and stated with [${dims.join(",")}]`,
			v.raw.variable.span,
			"one shape",
		);
	return {
		name: v.name,
		latex: latexOfKey(v.name),
		type: valueType(v.raw.distribution, v.shape ?? [], v.labels),
		dims,
		labels: v.labels,
		role: "latent",
		line: options?.lineAt(v.raw.span) ?? 0,
	};
}

function factorOf(
	v: Variable,
	state: State,
	options: BlockOptions,
	notes: Note[],
): Factor & { line: number } {
	const { raw, plates, labels } = v;
	const shape = v.shape ?? [];
	const ranges = new Map(plates.map((p) => [p.index, p.size]));
	const passage = openPassage(raw.parameters, state, null, ranges);
	const parameters = readParameters(
		topScope(passage),
		raw.distribution,
		raw.parameters,
		shape,
		raw,
	);
	checkPlates(passage.context().ranges, ranges, state.context.ranges, raw);
	notes.push(
		...passage.notes,
		...varianceNote(raw, shape, state),
		...conventionNote(raw),
	);
	return {
		variable: v.name,
		plates,
		distribution: raw.distribution.name,
		parameters,
		shape,
		labels,
		line: options.lineAt(raw.span),
	};
}

/** Parameters may mention the subscripts of their variable and no other index. */
function checkPlates(
	read: ReadonlyMap<string, Dim>,
	plates: ReadonlyMap<string, Dim>,
	before: ReadonlyMap<string, Dim>,
	raw: RawStatement,
): void {
	for (const name of read.keys())
		if (!plates.has(name) && !before.has(name))
			throw new Problem(
				`the index \`${name}\` is no subscript of \`${latexOf(raw.variable)}\``,
				raw.span,
				"subscripts of the variable alone",
			);
}

/** What a law makes of arguments that people order or mean in several ways. */
function conventionNote({
	distribution,
	parameters,
	spelling,
	span,
}: RawStatement): readonly Note[] {
	const text = distribution.convention?.(parameters.length, spelling) ?? null;
	return text === null ? [] : [{ text, span }];
}

/** `N(0, σ)` with a bare letter could as well have meant a scale. */
function varianceNote(
	raw: RawStatement,
	shape: Shape,
	{ conventions }: State,
): readonly Note[] {
	const [, spread] = raw.parameters;
	if (
		raw.distribution.name !== "Normal" ||
		conventions.has("Normal") ||
		spread?.kind !== "name" ||
		shape.length > 0 ||
		isIdentity(spread)
	)
		return [];
	return [
		{
			text: `\`${latexOf(spread)}\` was read as a variance`,
			span: spread.span,
		},
	];
}
