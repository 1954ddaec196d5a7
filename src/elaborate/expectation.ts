import { matmul, mul, pow, sub, transpose } from "../expr/build.js";
import { shapeOf } from "../expr/shape.js";
import type { Expr } from "../expr/tree.js";
import type { Surface, SurfaceExpectation } from "../latex/surface.js";
import { Problem } from "../problem.js";
import { densityLetter } from "./densityName.js";
import { entropy } from "./divergence.js";
import { conditionalEntropy } from "./information.js";
import type { Law } from "./law.js";
import { lawOfParameters } from "./lawOfParameters.js";
import { findSymbol } from "./lookup.js";
import { isPlainName } from "./names.js";
import { withOwnVariable } from "./ownVariable.js";
import { defaultLaw, readLaw } from "./readLaw.js";
import type { Scope } from "./scope.js";
import { describe, isScalar } from "./shapes.js";

/** `E_p[x_t | x_{t-1}]` under a model is the mean given the condition, as it is without the p. */
function withoutPlainLaw(
	scope: Scope,
	s: SurfaceExpectation,
): SurfaceExpectation {
	const { setting, state } = scope.passage;
	const isPlain = isPlainName(s.law) && s.law.name === "p";
	return isPlain && s.given.length > 0 && !setting && state.context.model
		? { ...s, law: null }
		: s;
}

/**
 * `E[\log \theta_i \mid \gamma]` with numbers behind the bar: under q where some of them are its parameters, as if they stood
 * behind a semicolon. Behind the bar of `E_q` they say nothing that q does not.
 */
function withoutNumbers(
	scope: Scope,
	s: SurfaceExpectation,
): SurfaceExpectation {
	const { given } = s;
	const roles = given.map((g) => numberRole(scope, g));
	if (given.length === 0 || roles.includes(null)) return s;
	if (s.law) return { ...s, given: [] };
	const ofQ = given.filter((_, i) => roles[i] === "variational");
	if (ofQ.length === 0) return s;
	scope.passage.note(
		"an expectation given parameters of q was read as one under q",
		s.span,
	);
	return { ...s, given: [], parameters: ofQ };
}

/** What kind of number a name behind a bar is; null for what is random or no declared number. */
function numberRole(
	scope: Scope,
	s: Surface,
): "parameter" | "variational" | null {
	const name = s.kind === "power" ? s.base : s;
	const role =
		name.kind === "name" ? findSymbol(scope.passage, name)?.what.role : null;
	return role === "parameter" || role === "variational" ? role : null;
}

/** `E_q[…]`, `⟨…⟩`, `Var`, `Cov`, and H where it is written like them. */
export function readExpectation(
	scope: Scope,
	written: SurfaceExpectation,
): Expr {
	const s = withoutNumbers(
		scope,
		withoutPlainLaw(scope, withOwnVariable(scope, written)),
	);
	if (s.operator === "H") return readEntropy(scope, s);
	if (s.given.length > 0 && (s.law || s.parameters))
		throw new Problem(
			"a condition inside an expectation with a law",
			s.span,
			"the condition in the law, E_{p(x | z)}[…]",
		);
	const law = lawOf(scope, s);
	const args = s.arguments.map((a) => scope.read(a));
	const [first, second] = args;
	if (!first || (second && s.operator !== "Cov") || args.length > 2)
		throw new Problem(
			`${args.length} arguments of ${s.operator}`,
			s.span,
			s.operator === "Cov" ? "one or two" : "one",
		);
	if (s.operator === "E") return law.expectation(first);
	return covariance(law, first, second ?? first, s.arguments[0] ?? s);
}

/** `H[q]`, `H[q, p]` of densities, `H(x)`, `H_q(x | z)` of variables. */
function readEntropy(scope: Scope, s: SurfaceExpectation): Expr {
	const { law } = s;
	const letter = law?.kind === "name" && densityLetter(law) ? law : null;
	const ofVariables = conditionalEntropy(scope, s, letter);
	if (ofVariables) return ofVariables;
	if (law)
		throw new Problem(
			"a subscript on an entropy that is of no variables",
			law.span,
			"H_q(z), or H[q(z)]",
		);
	return entropy(scope, [...s.arguments, ...s.given], s.span);
}

function lawOf(scope: Scope, s: SurfaceExpectation): Law {
	if (s.law) return readLaw(scope, s.law);
	return s.parameters
		? lawOfParameters(scope, s.parameters)
		: defaultLaw(scope, s);
}

/** E[a bᵀ] − E[a] E[b]ᵀ; of numbers E[a b] − E[a] E[b]. */
function covariance(law: Law, a: Expr, b: Expr, place: Surface): Expr {
	if (isScalar(a) && isScalar(b)) {
		const product = a === b ? pow(a, 2) : mul(a, b);
		const means =
			a === b
				? pow(law.expectation(a), 2)
				: mul(law.expectation(a), law.expectation(b));
		return sub(law.expectation(product), means);
	}
	if (shapeOf(a).length !== 1 || shapeOf(b).length !== 1)
		throw new Problem(
			`shape mismatch: the covariance of ${describe(shapeOf(a))} and ${describe(shapeOf(b))}`,
			place.span,
			"two numbers or two vectors",
		);
	return sub(
		law.expectation(matmul(a, transpose(b))),
		matmul(law.expectation(a), transpose(law.expectation(b))),
	);
}
