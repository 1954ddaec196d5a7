import { add, log, neg } from "../expr/build.js";
import type { Expr, Factor } from "../expr/tree.js";
import type { SurfaceCall, SurfaceName } from "../latex/surface.js";
import { Problem, type Span } from "../problem.js";
import { wholeOf } from "./densities.js";
import { densityLetter, isDensityCall } from "./densityName.js";
import { logDensityOf } from "./joint.js";
import { factorLaw, tableLaw } from "./law.js";
import { keyWith } from "./lookup.js";
import { densityCalls } from "./mentions.js";
import { keyOf, subscriptText } from "./names.js";
import type { Scope } from "./scope.js";
import type { Setting } from "./setting.js";
import { tableOver } from "./tables.js";

/**
 * 𝓛 = E_q[log p(x, z)] − E_q[log q(z)], one expectation for each factor of p and q; in an abstract passage
 * ∫ q(z) (log p(x, z) − log q(z)) dz.
 */
export function lowerBound(scope: Scope, span: Span): Expr {
	const { setting, state } = scope.passage;
	if (setting) return abstractBound(setting, span);
	const { model, family } = state.context;
	if (!model || !family)
		throw new Problem(
			`no ${model ? "family" : "model"} says what \`\\mathcal L\` is`,
			span,
			`a \`::: ${model ? "family" : "model"}\` block`,
		);
	const law = factorLaw(family.factors, family.factors.map(wholeOf));
	const term = (factor: Factor) =>
		law.expectation(logDensityOf(factor, wholeOf(factor)));
	return add(
		...model.statements.map(term),
		...family.factors.map((f) => neg(term(f))),
	);
}

function abstractBound(setting: Setting, span: Span): Expr {
	const { latents, observed, conditions, parameters } = setting;
	if (latents.length === 0 || observed.length === 0)
		throw new Problem(
			"the lower bound of which variables?",
			span,
			"q(z) and p(x, z), with the variables written in this passage",
		);
	const [joint, ...others] = setting.p;
	if (others.length > 0)
		throw new Problem(
			"the lower bound of which p?",
			span,
			"one p throughout the passage",
		);
	const q = tableOver(setting, setting.q[0] ?? "q", latents, conditions);
	const p = tableOver(
		setting,
		joint ?? "p",
		[...observed, ...latents],
		parameters,
	);
	const law = tableLaw(setting, q);
	return law.expectation(add(log(p), neg(law.logDensity)));
}

/** Arguments of `\mathcal L(q)`, `\mathcal L(m, s², φ)`: nothing that is not already in it. */
export function checkBoundArguments(scope: Scope, call: SurfaceCall): void {
	for (const s of [...call.arguments, ...call.given, ...call.parameters]) {
		const inner = s.kind === "power" ? s.base : s;
		if (isDensityCall(inner)) continue;
		if (inner.kind === "name" && isInBound(scope, inner)) continue;
		throw new Problem(
			"the lower bound of something that is no part of q",
			s.span,
			"\\mathcal L or \\mathcal L(q)",
		);
	}
}

/**
 * q itself, a parameter or latent variable, what decorates a density, as the φ of `q_φ(z)`, what an unnamed p observes, or a
 * condition, as the θ of `p(x, z \mid θ)`.
 */
function isInBound(scope: Scope, s: SurfaceName): boolean {
	const role = scope.passage.symbol(keyOf(s))?.role;
	if (densityLetter(s) || (role && role !== "datum")) return true;
	if (scope.passage.setting?.observed.includes(keyWith(s) ?? "")) return true;
	return scope.passage.surfaces
		.flatMap(densityCalls)
		.some((call) =>
			[...call.function.subscripts, ...call.given, ...call.parameters].some(
				(own) => own.kind === "name" && subscriptText(own) === keyOf(s),
			),
		);
}
