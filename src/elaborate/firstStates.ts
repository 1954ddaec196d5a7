import type { Surface } from "../latex/surface.js";
import { Problem } from "../problem.js";
import { isPlainName, keyOf, latexOf } from "./names.js";
import type { RawStatement } from "./statement.js";
import { someSurface } from "./surfaceWalk.js";

/**
 * Statements of Markov chains: `x_t \mid x_{t-1} ∼ …` says the law of each state but the first, which `x_1 ∼ …` does.
 */
export interface FirstState {
	/** The statement of the other states. */
	readonly of: RawStatement;
	readonly raw: RawStatement;
	/** The subscript that counts the states. */
	readonly axis: number;
}

/**
 * Sets the statements of first states apart.
 * @throws Problem for a chain without one, and for a statement that begins at a second value and is no chain
 */
export function firstStates(statements: readonly RawStatement[]): {
	readonly firsts: readonly FirstState[];
	readonly others: readonly RawStatement[];
} {
	const firsts = statements.flatMap((of) => firstOf(of, statements) ?? []);
	const others = statements.filter((s) => !firsts.some((f) => f.raw === s));
	return { firsts, others };
}

function firstOf(
	of: RawStatement,
	statements: readonly RawStatement[],
): FirstState | null {
	const { variable, from } = of;
	const axis = variable.subscripts.findIndex((_, i) => goesBack(of, i));
	if (axis < 0 && from === undefined) return null;
	const name = latexOf(variable);
	if (axis < 0)
		throw new Problem(
			`the first of \`${name}\` is not stated`,
			of.span,
			"a range from 1",
		);
	const raw = statements.find((s) => isFirst(s, of, axis));
	if (raw) return { of, raw, axis };
	throw new Problem(
		`\`${name}\` depends on the one before it, and nothing says the law of the first`,
		of.span,
		`\`${name}_1 \\sim …\`, and t = 2, \\dots, T beside the others`,
	);
}

/** Whether the parameters mention the variable at the subscript before its own. */
function goesBack({ variable, parameters }: RawStatement, axis: number) {
	const letter = variable.subscripts[axis];
	if (!isPlainName(letter)) return false;
	const isBefore = (s: Surface | undefined) =>
		s?.kind === "sum" &&
		s.terms.length === 2 &&
		s.terms.some(
			({ sign, term }) =>
				sign > 0 && isPlainName(term) && term.name === letter.name,
		) &&
		s.terms.some(
			({ sign, term }) =>
				sign < 0 && term.kind === "number" && term.text === "1",
		);
	return parameters.some((parameter) =>
		someSurface(
			parameter,
			(s) =>
				s.kind === "name" &&
				keyOf(s) === keyOf(variable) &&
				isBefore(s.subscripts[axis]),
		),
	);
}

/** Whether a statement is that of the same variable with 1 for the letter. */
function isFirst(
	{ variable }: RawStatement,
	of: RawStatement,
	axis: number,
): boolean {
	const at = variable.subscripts[axis];
	return (
		keyOf(variable) === keyOf(of.variable) &&
		variable.subscripts.length === of.variable.subscripts.length &&
		at?.kind === "number" &&
		at.text === "1"
	);
}
