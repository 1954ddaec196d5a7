import type { Factor } from "../expr/tree.js";
import type {
	Surface,
	SurfaceExpectation,
	SurfaceName,
	SurfaceRelation,
} from "../latex/surface.js";
import { Problem } from "../problem.js";
import { unreadBlock } from "./abstract.js";
import { comparisonOf, isTilde } from "./comparison.js";
import {
	factorsOf,
	readBareLaw,
	readDensityLaw,
	wholeOf,
} from "./densities.js";
import { densityLetter, isDensityCall, tableName } from "./densityName.js";
import { distributionOf } from "./distributionCall.js";
import { readIndex } from "./indices.js";
import { all, type Instance, sameIndices } from "./instance.js";
import {
	conditionalLaw,
	factorLaw,
	jointLaw,
	type Law,
	tableLaw,
} from "./law.js";
import { keyWith } from "./lookup.js";
import { readNamedLaw } from "./namedLaw.js";
import { isPlainName, keyOf, latexOf } from "./names.js";
import { mustBeNumber } from "./numberConditions.js";
import { allBut } from "./optimal.js";
import type { Scope } from "./scope.js";
import type { Setting } from "./setting.js";
import { visitSurface } from "./surfaceWalk.js";
import { tableOver, unnamedVariable } from "./tables.js";
import {
	findFactor,
	leavesOut,
	openTuples,
	readInstance,
} from "./variables.js";

/** The law that is written under an expectation, inside KL and H. */
export function readLaw(scope: Scope, s: Surface): Law {
	if (isDensityCall(s)) return readDensityLaw(scope, s);
	if (s.kind === "call" && distributionOf(s)) return readNamedLaw(scope, s);
	if (s.kind === "product")
		return jointLaw(s.factors.map((f) => readLaw(scope, f)));
	if (s.kind === "tuple")
		return jointLaw(s.items.map((item) => readLaw(scope, item)));
	if (isTilde(s)) return readSampled(scope, s);
	if (s.kind === "relation" && comparisonOf(s) === "≠")
		return lawOfAllBut(scope, s.right);
	const leftOut = leavesOut([s]);
	if (leftOut) return lawOfAllBut(scope, leftOut);
	if (s.kind === "name") return readLawName(scope, s);
	throw new Problem(
		"this says not what the expectation is over",
		s.span,
		"q, q(μ), μ ∼ q, −k, or a named distribution",
	);
}

/** The law that is meant where none is written: all of q, else all of p. */
export function defaultLaw(scope: Scope, s: SurfaceExpectation): Law {
	const { setting, state } = scope.passage;
	const { family, model } = state.context;
	if (!family && state.unreadBlocks.includes("family"))
		throw unreadBlock("family", s.span);
	const [q] = setting?.q ?? [];
	if (setting && q)
		return tableLaw(
			setting,
			tableOver(setting, q, setting.latents, setting.conditions),
		);
	if (setting)
		throw new Problem(
			"an expectation over what?",
			s.span,
			"E_{q(z)}[…], with the law written",
		);
	if (s.given.length > 0 && model) return lawGiven(scope, s, model.statements);
	for (const g of s.given) mustBeNumber(family?.factors ?? [], g);
	if (family) return factorLaw(family.factors, family.factors.map(wholeOf));
	if (model) return factorLaw(model.statements, model.statements.map(wholeOf));
	throw new Problem(
		"an expectation without a law",
		s.span,
		"E_{x ∼ \\mathcal N(…)}[…], or a model or family block",
	);
}

/** `E[x_i | c_i = k, μ]`: over the model's variables that the body mentions, given the others. */
function lawGiven(
	scope: Scope,
	s: SurfaceExpectation,
	statements: readonly Factor[],
): Law {
	const given = s.given.flatMap((g) => {
		const instance = readInstance(scope, statements, g);
		if (!instance) mustBeNumber(statements, g);
		return instance ?? [];
	});
	const of: Instance[] = [];
	for (const argument of s.arguments)
		visitSurface(argument, (n) => {
			const instance =
				n.kind === "name" ? readWholeInstance(scope, statements, n) : null;
			const isNew =
				instance !== null && !of.some((o) => isSameInstance(o, instance));
			if (isNew && !isGiven(given, instance)) of.push(instance);
		});
	return conditionalLaw(statements, of, given, s.span);
}

function isSameInstance(a: Instance, b: Instance): boolean {
	if (a.variable !== b.variable || !a.at || !b.at)
		return a.variable === b.variable && a.at === b.at;
	return a.at.length === b.at.length && sameIndices(a.at, b.at);
}

/** Whether a variable is among those given; of a chain another state is another variable. */
function isGiven(given: readonly Instance[], instance: Instance): boolean {
	const same = given.filter((g) => g.variable === instance.variable);
	const isOther = (g: Instance) =>
		g.at !== null &&
		instance.at !== null &&
		g.at.length === instance.at.length &&
		!sameIndices(g.at, instance.at);
	return same.length > 0 && !same.every(isOther);
}

/** The variable that a name means, or of which it is a component: x_i for `x_{id}`, the label c_i for `c_{ik}`. */
function readWholeInstance(
	scope: Scope,
	statements: readonly Factor[],
	s: SurfaceName,
): Instance | null {
	const found = findFactor(statements, s);
	if (!found) return null;
	const spare = found.subscripts.length - found.factor.plates.length;
	const { shape, labels } = found.factor;
	const isComponent = spare > 0 && spare <= (labels ? 1 : shape.length);
	const name = isComponent
		? { ...s, subscripts: s.subscripts.slice(0, -spare) }
		: s;
	return readInstance(scope, statements, name);
}

function readLawName(scope: Scope, s: SurfaceName): Law {
	if (densityLetter(s) && scope.passage.symbol(keyOf(s)))
		throw new Problem(
			`\`${latexOf(s)}\` is a symbol of the sheet here, and no density`,
			s.span,
			"another letter for the symbol",
		);
	if (densityLetter(s)) return readDecoratedLaw(scope, s);
	const { setting, state } = scope.passage;
	const variable = unnamedVariable(scope, s);
	if (setting && variable) return lawOfVariable(scope, setting, variable.name);
	const factors =
		state.context.family?.factors ?? state.context.model?.statements ?? [];
	const instance = readInstance(scope, factors, s);
	if (instance) return factorLaw(factors, [instance]);
	throw new Problem(
		`\`${latexOf(s)}\` is no law and no random variable`,
		s.span,
		"q, q(μ), μ ∼ q, −k, or a named distribution",
	);
}

/** `E_z` over an unnamed variable: under q, where the passage or an earlier one has a q of it, else under p. */
function lawOfVariable(scope: Scope, setting: Setting, name: string): Law {
	const hasQ =
		setting.q.length > 0 || scope.passage.state.unnamedLatents.includes(name);
	if (hasQ)
		return tableLaw(
			setting,
			tableOver(setting, "q", [name], setting.conditions),
		);
	scope.passage.note(`the expectation over ${name} was read as one under p`);
	return tableLaw(setting, tableOver(setting, "p", [name], []));
}

/** `q`, `q_{−k}`, `q_μ`, `q_{μ_k}`. */
function readDecoratedLaw(scope: Scope, s: SurfaceName): Law {
	const bare: SurfaceName = { ...s, subscripts: [] };
	const leftOut = leavesOut(s.subscripts);
	if (leftOut) return lawOfAllBut(scope, leftOut);
	if (scope.passage.setting) return readBareLaw(scope, s);
	const factors = factorsOf(scope, bare, s.span);
	const instances = s.subscripts.map((sub) =>
		readInstance(scope, factors, sub),
	);
	if (instances.length > 0 && instances.every((x) => x !== null))
		return factorLaw(factors, instances);
	const [only] = s.subscripts;
	if (only?.kind === "name" && isIndexLetter(scope, only))
		return factorLaw(factors, [instanceAt(scope, factors, only)]);
	return readBareLaw(scope, s);
}

function isIndexLetter(scope: Scope, s: SurfaceName): boolean {
	return isPlainName(s) && !scope.passage.symbol(s.name);
}

/** `E_{−μ_k}`, `E_{−k}`, `E_{−c}`: over every factor of q but that one. */
function lawOfAllBut(scope: Scope, s: Surface): Law {
	const { family } = scope.passage.state.context;
	const { setting } = scope.passage;
	const unnamed = setting && unnamedAllBut(setting, s);
	if (unnamed) return unnamed;
	if (!family || setting)
		throw new Problem(
			"all but one of which factors?",
			s.span,
			"a `::: family` block that says what q is",
		);
	const own =
		readInstance(scope, family.factors, s) ??
		instanceAt(scope, family.factors, s);
	return factorLaw(family.factors, allBut(family.factors, own));
}

/** `E_{−1}`, `E_{−z_1}`, `E_{q_{−1}}` of unnamed factors: over those of other variables; null if none is meant. */
function unnamedAllBut(setting: Setting, s: Surface): Law | null {
	const text =
		s.kind === "number" ? s.text : s.kind === "name" ? keyWith(s) : null;
	if (text === null) return null;
	const isOwn = (key: string) => key === text || key.endsWith(`_${text}`);
	const own = setting.factors.filter((f) => f.variables.some(isOwn));
	const others = setting.factors.filter((f) => !own.includes(f));
	if (own.length !== 1 || others.length === 0) return null;
	return jointLaw(
		others.map((f) =>
			tableLaw(setting, tableOver(setting, f.name, f.variables, [])),
		),
	);
}

/** The one variable that an index numbers: μ_k for k, c_i for i. */
function instanceAt(
	scope: Scope,
	factors: readonly Factor[],
	s: Surface,
): Instance {
	const at = readIndex(scope, s);
	const range =
		at.kind === "index"
			? (scope.boundAs(at.name)?.range ?? scope.passage.rangeOf(at.name))
			: null;
	const numbered = factors.filter(
		(f) => f.plates.length === 1 && f.plates[0]?.size === range,
	);
	const [factor] = numbered;
	if (range !== null && factor && numbered.length === 1)
		return { ...all(factor.variable), at: [at] };
	throw new Problem(
		"which variable does this index mean?",
		s.span,
		`one of ${factors.map((f) => f.variable).join(", ")}, such as −μ_k`,
	);
}

/** `μ ∼ q`, `z ∼ q(z | x)`, `u ∼ N(m, s²)`. */
function readSampled(scope: Scope, s: SurfaceRelation): Law {
	const { right } = s;
	if (right.kind === "call" && !isDensityCall(right) && distributionOf(right))
		return readNamedLaw(scope, right, s.left);
	if (right.kind === "name" && densityLetter(right))
		return readSampledFrom(scope, openTuples([s.left]), right);
	return readLaw(scope, right);
}

function readSampledFrom(
	scope: Scope,
	left: readonly Surface[],
	law: SurfaceName,
): Law {
	const { setting } = scope.passage;
	if (setting) {
		const variables = left.map((l) => unnamedVariable(scope, l)?.name ?? null);
		if (variables.includes(null))
			throw new Problem(
				"this is no variable of an unnamed density",
				law.span,
				"z ∼ q",
			);
		return tableLaw(
			setting,
			tableOver(
				setting,
				tableName(law),
				variables as string[],
				densityLetter(law) === "q" ? setting.conditions : [],
			),
		);
	}
	const factors = factorsOf(scope, law, law.span);
	const instances = left.map((l) => {
		const instance = readInstance(scope, factors, l);
		if (!instance)
			throw new Problem(
				`\`${law.name}\` has no such variable`,
				l.span,
				factors.map((f) => f.variable).join(", "),
			);
		return instance;
	});
	return conditionalLaw(factors, instances, [], law.span);
}
