import { aboutResiduals, residualsOf, symbolsIn } from "../check/residual.js";
import type { Solvable, Update } from "../check/result.js";
import { log } from "../expr/build.js";
import type { SymbolInfo, ValueType } from "../expr/context.js";
import type { Dim, Expr } from "../expr/tree.js";
import { visit } from "../expr/walk.js";
import { Problem } from "../problem.js";
import { type FactorUpdate, groupByFactor } from "./factors.js";
import { type Reference, References } from "./references.js";
import { type Support, supportOf } from "./support.js";

/** An array or number of the state: what it is called and how it is laid out, row-major. */
export interface Variable {
	readonly name: string;
	readonly type: ValueType;
	readonly dims: readonly Dim[];
	readonly labels: Dim | null;
}

/** What is given from outside: the observed data and the known parameters that updates or 𝓛 mention. */
export interface Input extends Variable {
	/** Whether it is a random variable of the model that was observed. */
	readonly observed: boolean;
	/** What values it can have by its law; null where its type says it all. */
	readonly support: Support | null;
	/** For degrees of freedom: a size that they exceed when 1 is taken from it. */
	readonly above: Dim | null;
}

/** A variational parameter. */
export interface Parameter extends Variable {
	/** Axes of one instance: `m_k ∈ ℝ^D` has one. The axes before it are plates. */
	readonly eventAxes: number;
	/** Whether it belongs to single data points: it has an axis along the data. */
	readonly local: boolean;
}

/**
 * What happens in which order. A sweep renews the local factors, then the global ones, each factor's parameters
 * together; every factor is thereby at its optimum given the others when its turn is over.
 */
export interface Plan {
	readonly solvable: Solvable;
	/** Sizes by name, in the order in which the state needs them. */
	readonly sizes: readonly string[];
	/** The size along which there are data points, or null if nothing observed has a plate. */
	readonly dataAxis: Dim | null;
	readonly inputs: readonly Input[];
	readonly parameters: readonly Parameter[];
	readonly locals: readonly FactorUpdate[];
	readonly globals: readonly FactorUpdate[];
	/** The size that counts all rows, where the data axis counts those of a chunk; null where data are there whole. */
	readonly total: string | null;
	/** Places among the data from which formulas take them. */
	readonly references: readonly Reference[];
	/** Sizes that count the values of an unobserved label, such as K: more than data points deserves a warning. */
	readonly labelSizes: readonly string[];
}

/**
 * The plan of a solvable sheet.
 * @throws Problem if a parameter has no update or two, if one is uncertified (unless allowed), or on a circle.
 */
export function makePlan(sheet: Solvable, allowUnverified: boolean): Plan {
	if (!allowUnverified) refuseUncertified(sheet);
	const known = plans.get(sheet) ?? planOf(sheet);
	plans.set(sheet, known);
	return known;
}

/** The page of a sheet and its solver are made of one plan. */
const plans = new WeakMap<Solvable, Plan>();

function planOf(sheet: Solvable): Plan {
	const dataAxis = dataAxisOf(sheet);
	const { solvable, references } = aboutReferences(sheet, dataAxis);
	const groups = groupByFactor(solvable);
	const isLocal = (group: FactorUpdate) =>
		group.plates.includes(dataAxis ?? "");
	const parameters = groups.flatMap((group) =>
		group.updates.map((u): Parameter => {
			const info = declared(solvable, u.target.name);
			return {
				...variable(info),
				eventAxes: eventAxes(solvable, info),
				local: isLocal(group),
			};
		}),
	);
	const inputs = inputsOf(solvable, new Set(references.map((r) => r.name)));
	return {
		solvable,
		sizes: sizesOf([...inputs, ...parameters], solvable),
		dataAxis,
		inputs,
		parameters,
		locals: groups.filter(isLocal),
		globals: groups.filter((g) => !isLocal(g)),
		references,
		labelSizes: labelSizesOf(solvable),
		total: null,
	};
}

/** The sheet with its formulas about references, where they allow it. */
function aboutReferences(
	sheet: Solvable,
	dataAxis: Dim | null,
): Pick<Plan, "solvable" | "references"> {
	const references = new References(sheet.context, dataAxis);
	const updates = sheet.updates
		.map((u) => asWeights(u, sheet))
		.map((u) => ({
			...u,
			value: u.value && references.about(u.value),
			logWeights: u.logWeights && references.about(u.logWeights, lastIndex(u)),
		}));
	const elboTerms = sheet.elboTerms.map(({ name, value }) => ({
		name,
		value: withoutCancellation(value, sheet, dataAxis, references),
	}));
	const { extended: context, used } = references;
	return {
		solvable: { ...sheet, context, updates, elboTerms },
		references: [...used],
	};
}

/**
 * A term of 𝓛 in a form in which squares do not cancel: with residuals whole where both sides belong to single points, or
 * neither; else about references; else with residuals whole where a pass over the data alone computes them, so that
 * parameters of single points are not needed after they have been renewed.
 */
function withoutCancellation(
	term: Expr,
	{ context }: Solvable,
	dataAxis: Dim | null,
	references: References,
): Expr {
	const names = symbolsIn(term);
	const isOfPoint = (name: string) =>
		context.symbols.get(name)?.dims.includes(dataAxis ?? "") ?? false;
	const residuals = residualsOf(context).filter(
		({ value, fitted }) =>
			symbolsIn(fitted).size > 0 &&
			[...symbolsIn(value)].every((name) => names.has(name)),
	);
	for (const residual of residuals) {
		const all = [...symbolsIn(residual.value), ...symbolsIn(residual.fitted)];
		const count = all.filter(isOfPoint).length;
		const isEven = count === 0 || count === all.length;
		const whole = isEven && aboutResiduals(context, residual, term);
		if (whole) return whole;
	}
	const moved = references.about(term);
	const needsLocals = [...names].some(
		(name) =>
			context.symbols.get(name)?.role === "variational" && isOfPoint(name),
	);
	const observed = residuals.find(({ statement }) => statement.observed);
	if (moved !== term || needsLocals || !observed) return moved;
	return aboutResiduals(context, observed, term) ?? term;
}

/** The index along which weights are normalised: what does not depend on it does not count. */
function lastIndex({ target }: Update): string | null {
	const last = target.indices.at(-1);
	return last?.kind === "index" ? last.name : null;
}

/**
 * An update of probabilities written out, `φ_ik = exp{…} / Σ_l exp{…}`, by the logarithms of its weights: they neither
 * overflow nor vanish.
 */
function asWeights(update: Update, solvable: Solvable): Update {
	const { type, dims } = declared(solvable, update.target.name);
	const isWhole = update.target.indices.length === dims.length;
	if (!update.value || type !== "simplex" || !isWhole) return update;
	return { ...update, value: null, logWeights: log(update.value) };
}

/** How many axes one instance of a parameter has, from how the family writes it: `m_k` in N(μ_k | m_k, …) has one. */
function eventAxes(solvable: Solvable, info: SymbolInfo): number {
	let axes = info.dims.length;
	for (const factor of solvable.context.family?.factors ?? [])
		for (const parameter of Object.values(factor.parameters))
			visit(parameter, (node) => {
				if (node.kind === "symbol" && node.name === info.name)
					axes = node.shape.length;
			});
	return axes;
}

function refuseUncertified(solvable: Solvable): void {
	const open = solvable.updates.filter((u) => !u.certified);
	if (open.length === 0) return;
	const names = open.map((u) => u.target.name).join(", ");
	throw new Problem(
		`no certificate for the update of ${names}`,
		null,
		"certified updates, or --allow-unverified",
	);
}

function variable(info: SymbolInfo): Variable {
	const { name, type, dims, labels } = info;
	return { name, type, dims, labels };
}

/** The symbol table's entry. */
export function declared(solvable: Solvable, name: string): SymbolInfo {
	const info = solvable.context.symbols.get(name);
	if (info) return info;
	throw new Problem(
		`${name} is not declared`,
		null,
		`a declaration of ${name}`,
	);
}

function dataAxisOf(solvable: Solvable): Dim | null {
	const observed = solvable.context.model?.statements.filter((s) => s.observed);
	return observed?.find((s) => s.plates.length > 0)?.plates[0]?.size ?? null;
}

/** Every known symbol that an update or a term of 𝓛 mentions, except those that are made from others. */
function inputsOf(
	solvable: Solvable,
	made: ReadonlySet<string>,
): readonly Input[] {
	const observed = new Map(
		solvable.context.model?.statements
			.filter((s) => s.observed)
			.map((s) => [s.variable, s]),
	);
	const mentioned = mentionedSymbols(solvable);
	const known = new Set([...mentioned, ...solvable.context.sizes]);
	return [...solvable.context.symbols.values()]
		.filter((info) => mentioned.has(info.name) && !made.has(info.name))
		.filter((info) => info.role !== "variational")
		.map((info) => {
			if (info.role === "latent")
				throw new Problem(
					`an update mentions the unobserved ${info.name}`,
					null,
					"parameters, data and sizes alone",
				);
			const law = observed.get(info.name);
			return {
				...variable(info),
				observed: law !== undefined,
				support: law ? supportOf(law, info, known) : null,
				above: info.above ?? null,
			};
		});
}

function mentionedSymbols(solvable: Solvable): Set<string> {
	const found = new Set<string>();
	const trees = [
		...solvable.updates.map((u) => u.value ?? u.logWeights),
		...solvable.elboTerms.map((t) => t.value),
	];
	for (const tree of trees)
		if (tree)
			visit(tree, (node) => {
				if (node.kind === "symbol") found.add(node.name);
			});
	return found;
}

function sizesOf(
	variables: readonly Variable[],
	solvable: Solvable,
): readonly string[] {
	const names = new Set<string>();
	const note = (dim: Dim) => {
		if (typeof dim === "string") names.add(dim);
	};
	for (const v of variables) v.dims.forEach(note);
	for (const { value } of solvable.elboTerms)
		visit(value, (node) => {
			if (node.kind === "size") note(node.name);
			if (node.kind === "sum" || node.kind === "product") note(node.range);
		});
	return [...names];
}

function labelSizesOf(solvable: Solvable): readonly string[] {
	const sizes = solvable.context.model?.statements
		.filter((s) => !s.observed)
		.map((s) => s.labels)
		.filter((labels) => typeof labels === "string");
	return [...new Set(sizes)];
}
