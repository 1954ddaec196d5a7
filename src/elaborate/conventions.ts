import { distributionAlias } from "../distributions/index.js";
import { entry, index, mul, pow } from "../expr/build.js";
import { shapeOf } from "../expr/shape.js";
import type { Dim, Expr } from "../expr/tree.js";
import { freshName } from "../expr/walk.js";
import { Problem } from "../problem.js";

/**
 * How parameters are meant where the front matter says so: `conventions: {Normal: sd, Gamma: scale}`. By canonical name;
 * what is not named is read as the distribution's own folder says.
 */
export type Conventions = ReadonlyMap<string, Convention>;

interface Convention {
	/** The parameter that is meant otherwise, from 0. */
	readonly position: number;
	readonly convert: (parameter: Expr) => Expr;
}

const asWritten = (parameter: Expr): Expr => parameter;

/** Each distribution's choices, the first of which is how it is read if nothing is said. */
const choices: Readonly<Record<string, Readonly<Record<string, Convention>>>> =
	{
		Normal: {
			variance: { position: 1, convert: asWritten },
			sd: { position: 1, convert: squared },
			precision: { position: 1, convert: inverted },
		},
		Gamma: {
			rate: { position: 1, convert: asWritten },
			scale: { position: 1, convert: inverted },
		},
		InverseGamma: {
			scale: { position: 1, convert: asWritten },
			rate: { position: 1, convert: inverted },
		},
		Exponential: {
			rate: { position: 0, convert: asWritten },
			mean: { position: 0, convert: inverted },
		},
	};

/**
 * The conventions with one more.
 * @throws Problem (without a span) for a distribution or a choice that is not known.
 */
export function withConvention(
	conventions: Conventions,
	written: string,
	choice: string,
): Conventions {
	const name = distributionAlias(written)?.name ?? "";
	const known = Object.hasOwn(choices, name) ? choices[name] : undefined;
	if (!known)
		throw new Problem(
			`there is no convention for \`${written}\``,
			null,
			Object.keys(choices).join(", "),
		);
	const chosen = Object.hasOwn(known, choice) ? known[choice] : undefined;
	if (!chosen)
		throw new Problem(
			`\`${written}: ${choice}\` is no convention`,
			null,
			Object.keys(known).join(", "),
		);
	return new Map(conventions).set(name, chosen);
}

/** The conventions where one could not be read: its distribution is not read either, as nobody knows how it is meant. */
export function withoutConvention(
	conventions: Conventions,
	written: string,
): Conventions {
	const name = distributionAlias(written)?.name;
	if (name === undefined) return conventions;
	const convert = () =>
		refuse(
			`the front matter's convention for \`${written}\` could not be read`,
			"one of those that the front matter can name",
		);
	return new Map(conventions).set(name, { position: 0, convert });
}

/** The parameters as the distribution itself takes them. */
export function asMeant(
	conventions: Conventions,
	distribution: string,
	parameters: readonly Expr[],
): readonly Expr[] {
	const convention = conventions.get(distribution);
	return convention
		? parameters.map((p, i) =>
				i === convention.position ? convention.convert(p) : p,
			)
		: parameters;
}

/** The covariance for standard deviations: σ², σ² I, or the squares on a diagonal. */
function squared(scale: Expr): Expr {
	return (
		onDiagonal(scale, (e) => pow(e, 2)) ??
		refuse("a full matrix as a standard deviation", "\\sigma or \\sigma I")
	);
}

/** One over a number, the inverse of a matrix. */
function inverted(parameter: Expr): Expr {
	if (parameter.kind === "inverse") return parameter.of;
	return (
		onDiagonal(parameter, (e) => pow(e, -1)) ?? {
			kind: "inverse",
			of: parameter,
		}
	);
}

/** A number, a multiple of the identity or a diagonal matrix with `f` of each entry; null for other matrices. */
function onDiagonal(e: Expr, f: (entry: Expr) => Expr): Expr | null {
	if (shapeOf(e).length === 0) return f(e);
	if (e.kind === "identity") return e;
	if (e.kind === "diagonal") {
		const name = freshName("d");
		const body = f(entry(e.of, index(name)));
		const [size] = shapeOf(e.of) as [Dim];
		return {
			kind: "diagonal",
			of: { kind: "tabulate", index: name, size, body },
		};
	}
	if (e.kind !== "mul") return null;
	const matrix = e.factors.find((x) => shapeOf(x).length > 0) as Expr;
	const scalars = e.factors.filter((x) => x !== matrix);
	const inner = onDiagonal(matrix, f);
	return inner && mul(f(mul(...scalars)), inner);
}

function refuse(message: string, expected: string): never {
	throw new Problem(message, null, expected);
}
