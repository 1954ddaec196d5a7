import type { Distribution, Spelling } from "../distributions/distribution.js";
import type { Dim } from "../expr/tree.js";
import type {
	Chain,
	Link,
	Surface,
	SurfaceCall,
	SurfaceName,
} from "../latex/surface.js";
import { Problem, type Span } from "../problem.js";
import { isEquals } from "./comparison.js";
import { isDensityCall } from "./densityName.js";
import { distributionOf, spelled, splitArguments } from "./distributionCall.js";
import { isPlainName, keyOf, latexOf } from "./names.js";
import { replaceLetters } from "./surfaceWalk.js";
import { openTuples } from "./variables.js";

/** One factor as written, before anything is known of shapes: `μ_k ∼ N(0, σ² I)`. */
export interface RawStatement {
	/** Name of the variable with its subscripts; `x_1, …, x_N` is x with one subscript. */
	readonly variable: SurfaceName;
	/** What follows the distribution's name, the variable apart. */
	readonly parameters: readonly Surface[];
	readonly distribution: Distribution;
	readonly spelling: Spelling;
	/** The value of an index of the variable at which the statement begins, if that is not 1. */
	readonly from?: number;
	readonly span: Span;
}

/** What a block of statements says, besides the statements: ranges of indices, and spaces that variables lie in. */
export interface RawBlock {
	readonly statements: readonly RawStatement[];
	readonly ranges: ReadonlyMap<string, Dim>;
	readonly members: readonly {
		readonly name: SurfaceName;
		readonly space: Surface;
		readonly span: Span;
	}[];
}

/** Reads the chains of a model or family block: `∼` statements, factorisations `q(μ, c) = \prod_k …`, and `x_i ∈ ℝ^D`. */
export function readBlock(
	chains: readonly Chain[],
	letter: "p" | "q",
): RawBlock {
	const ranges = new Map<string, Dim>();
	const statements: RawStatement[] = [];
	const members: RawBlock["members"][number][] = [];
	for (const chain of chains)
		for (const range of chain.ranges)
			setRange(ranges, range.index, range.upper);
	for (const chain of chains) {
		if (chain.links.length === 1)
			throw new Problem(
				"a formula that states nothing",
				chain.links[0]?.span ?? null,
				"x ∼ \\mathcal N(…), or q(…) = …",
			);
		const given = givenLabel(chain);
		if (given) {
			statements.push(given);
			continue;
		}
		chain.links.slice(1).forEach((link, i) => {
			const left = chain.links[i] as Link;
			const kind = link.relation?.kind;
			if (kind === "tilde")
				statements.push(beginning(chain, fromTilde(left, link, ranges)));
			else if (kind === "in") members.push(...membersOf(left, link));
			else if (kind === "equal" || kind === "define")
				statements.push(
					...fromFactorisation(headOf(chain, i), link, letter, ranges),
				);
			else
				throw new Problem(
					`\`${link.relation?.written ?? ""}\` in a statement`,
					link.span,
					"∼, or q(…) = …",
				);
		});
	}
	return { statements, ranges, members };
}

/** What a side of a chain is said of: in `q(μ) = \prod_k q(μ_k) = \prod_k N(…)` the q(μ) that heads it. */
function headOf({ links }: Chain, i: number): Link {
	const isSaidAgain = (link: Link) =>
		link.relation?.kind === "equal" || link.relation?.kind === "define";
	const last = links
		.slice(0, i + 1)
		.findLastIndex((link) => !isSaidAgain(link));
	return links[last] as Link;
}

/** `x_i \mid c_i = k ∼ N(μ_k, Σ_k)`: the letter k stands for the label. */
function givenLabel(chain: Chain): RawStatement | null {
	const [left, value, right, ...more] = chain.links;
	if (!left || !value || !right || more.length > 0) return null;
	if (value.relation?.kind !== "equal" || right.relation?.kind !== "tilde")
		return null;
	const label = left.side.kind === "call" ? left.side.given.at(-1) : undefined;
	const [variable] = left.side.kind === "call" ? left.side.arguments : [];
	if (label?.kind !== "name" || variable?.kind !== "name") return null;
	if (!isPlainName(value.side)) return null;
	const side = replaceLetters(right.side, new Map([[value.side.name, label]]));
	return statementOf(variable, side, right.span);
}

/** A statement with the value at which the range beside it begins. */
function beginning({ ranges }: Chain, statement: RawStatement): RawStatement {
	const letters = statement.variable.subscripts.filter(isPlainName).map(keyOf);
	const from = ranges.find(({ index }) => letters.includes(index))?.from;
	return from === undefined ? statement : { ...statement, from };
}

function setRange(
	ranges: Map<string, Dim>,
	index: string,
	upper: Surface,
): void {
	const range = dimOf(upper);
	const known = ranges.get(index);
	if (known !== undefined && known !== range)
		throw new Problem(
			`\`${index}\` runs over 1 … ${known} and over 1 … ${range}`,
			upper.span,
			"two index letters",
		);
	ranges.set(index, range);
}

/** A size as written: `N`, `3`. */
export function dimOf(s: Surface): Dim {
	if (isPlainName(s)) return keyOf(s);
	if (s.kind === "number" && /^[1-9]\d*$/.test(s.text)) return Number(s.text);
	throw new Problem(
		"this is no size",
		s.span,
		"a name such as N, or a whole number",
	);
}

function fromTilde(
	left: Link,
	right: Link,
	ranges: Map<string, Dim>,
): RawStatement {
	const { side } = left;
	const named =
		side.kind === "call" && side.function.name === "" ? side.arguments : [side];
	return statementOf(
		variableOf(openTuples(named), left.span, ranges),
		right.side,
		right.span,
	);
}

/** `x_i`, or `x_1, …, x_N` as x with an index of its own. */
function variableOf(
	names: readonly Surface[],
	span: Span,
	ranges: Map<string, Dim>,
): SurfaceName {
	const [first, ...others] = names;
	if (first?.kind === "name" && others.length === 0) return first;
	const last = names.at(-1);
	const at = first?.kind === "name" ? first.subscripts.at(-1) : undefined;
	const end = last?.kind === "name" ? last.subscripts.at(-1) : undefined;
	const isList =
		names.some((n) => n.kind === "dots") &&
		at?.kind === "number" &&
		at.text === "1" &&
		isPlainName(end);
	if (!isList || first?.kind !== "name")
		throw new Problem(
			"this is no variable",
			span,
			"one variable before ∼, such as x_i",
		);
	const size = keyOf(end as SurfaceName);
	const known = [...ranges].find(([, range]) => range === size)?.[0];
	// Of x_1, …, x_n the index is no n, which is the size.
	const letters = [size.toLowerCase(), "i", "j"];
	const letter =
		known ?? (letters.find((l) => l !== size && !ranges.has(l)) as string);
	ranges.set(letter, size);
	const index: SurfaceName = { ...(end as SurfaceName), name: letter };
	return { ...first, subscripts: [...first.subscripts.slice(0, -1), index] };
}

function statementOf(
	variable: SurfaceName,
	side: Surface,
	span: Span,
): RawStatement {
	const distribution = distributionOf(side);
	if (side.kind !== "call" || !distribution)
		throw new Problem(
			side.kind === "call"
				? `\`${latexOf(side.function)}\` is no distribution`
				: "this is no distribution",
			side.span,
			"a named distribution, such as `\\mathcal N(0, \\sigma^2 I)` or `\\mathrm{Cat}(\\pi)`",
		);
	const { variable: inside, parameters } = splitArguments(side);
	if (inside && (inside.kind !== "name" || keyOf(inside) !== keyOf(variable)))
		throw new Problem(
			`\`${latexOf(variable)}\` is stated by a density of something else`,
			inside.span,
			`a density of ${latexOf(variable)}`,
		);
	return {
		variable: inside?.kind === "name" ? inside : variable,
		parameters,
		distribution,
		spelling: spelled(side).spelling,
		span,
	};
}

/** `q(μ, c) = \prod_k N(μ_k | m_k, s_k² I) \prod_i Cat(c_i | φ_i)`; a factor that is itself a `q(…)` says nothing yet. */
function fromFactorisation(
	left: Link,
	right: Link,
	letter: "p" | "q",
	ranges: Map<string, Dim>,
): readonly RawStatement[] {
	if (!isDensityCall(left.side) || left.side.function.name !== letter)
		throw new Problem(
			"this states no density",
			left.span,
			`${letter}(…) = …, or variables before ∼`,
		);
	return factorsOf(right.side, left.side, letter, ranges);
}

function factorsOf(
	side: Surface,
	head: SurfaceCall,
	letter: "p" | "q",
	ranges: Map<string, Dim>,
): readonly RawStatement[] {
	if (side.kind === "product")
		return side.factors.flatMap((f) => factorsOf(f, head, letter, ranges));
	if (side.kind === "big" && side.operator === "product") {
		if (side.upper) setRange(ranges, keyOf(side.index), side.upper);
		return factorsOf(side.body, head, letter, ranges);
	}
	if (isDensityCall(side) && side.function.name === letter) return [];
	const pointMass = asPointMass(side, head);
	if (pointMass) return [pointMass];
	if (side.kind === "call" && distributionOf(side)) {
		const { variable } = splitArguments(side);
		const own = variable ?? soleVariable(head);
		if (own.kind !== "name")
			throw new Problem("this is no variable", own.span, "a name such as μ_k");
		return [statementOf(own, side, side.span)];
	}
	throw new Problem(
		"this is no factor",
		side.span,
		"a named distribution such as \\mathcal N(\\mu_k \\mid m_k, s_k^2 I)",
	);
}

function soleVariable(head: SurfaceCall): Surface {
	const [only, ...more] = openTuples(head.arguments);
	if (only && more.length === 0) return isEquals(only) ? only.left : only;
	throw new Problem(
		"a distribution of which variable?",
		head.span,
		"the variable before a bar, as in \\mathcal N(\\mu_k \\mid …)",
	);
}

/** `q(c_i = k) = φ_{ik}`: a Categorical with the probabilities φ_i. */
function asPointMass(side: Surface, head: SurfaceCall): RawStatement | null {
	const [only, ...more] = head.arguments;
	if (
		!only ||
		more.length > 0 ||
		!isEquals(only) ||
		only.left.kind !== "name" ||
		side.kind !== "name"
	)
		return null;
	const last = side.subscripts.at(-1);
	const value = only.right;
	if (!isPlainName(last) || !isPlainName(value) || last.name !== value.name)
		return null;
	const vector: SurfaceName = {
		...side,
		subscripts: side.subscripts.slice(0, -1),
	};
	const call: SurfaceCall = {
		kind: "call",
		function: {
			...side,
			name: "Cat",
			style: "upright",
			subscripts: [],
			accents: [],
			labels: [],
		},
		arguments: [vector],
		given: [],
		parameters: [],
		span: side.span,
	};
	return statementOf(only.left, call, side.span);
}

/** The variables of `x_i ∈ ℝ^D`, `μ_k, m_k ∈ ℝ^D`. */
function membersOf(left: Link, right: Link): RawBlock["members"] {
	const { side } = left;
	const named =
		side.kind === "call" && side.function.name === ""
			? [...side.arguments, ...side.given]
			: [side];
	return openTuples(named).flatMap((s) =>
		s.kind === "name" ? [{ name: s, space: right.side, span: left.span }] : [],
	);
}
