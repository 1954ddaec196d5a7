import { isNumber } from "../expr/build.js";
import type { Domain } from "../expr/tree.js";
import type {
	Surface,
	SurfaceBig,
	SurfaceIntegral,
	SurfaceRelation,
} from "../latex/surface.js";
import { Problem } from "../problem.js";
import { isMinusInfinite } from "./infinity.js";
import { keyWith } from "./lookup.js";
import { latexOf } from "./names.js";
import type { Scope } from "./scope.js";
import { openTuples } from "./variables.js";

/** Whether a Σ or ∫ over a variable is over all of its values: what is over some of them must not be read as over all. */

/** @throws Problem for a Σ that leaves out values of its variable, `\sum_{z > 1}`, or may do so, `\sum_{z \in A}` */
export function mustSumAll(s: SurfaceBig, domain: Domain): void {
	const { conditions } = s;
	if (conditions.every((c) => isAll(c, domain)) && hasWholeBounds(s, domain))
		return;
	const name = latexOf(s.index);
	const ofCounts = domain.kind === "counts";
	throw new Problem(
		"a sum over some values of a variable",
		s.span,
		`\\sum_{${name}}${ofCounts ? ` or \\sum_{${name}=0}^\\infty` : ", over all of them"}`,
	);
}

/** @throws Problem for an ∫ between bounds that are not those of its variable, or over a set that may be a part of them */
export function mustIntegrateAll(
	scope: Scope,
	s: SurfaceIntegral,
	domain: Domain,
): void {
	const { lower, upper } = s;
	if (!upper && (!lower || namesMeasures(s, lower))) return;
	const isWhole = upper
		? lower && isBetweenEnds(scope, lower, upper, domain)
		: lower && isWholeSet(lower, domain);
	if (!isWhole)
		throw new Problem(
			"an integral over some values of a variable",
			s.span,
			"an integral over all of them, without bounds",
		);
}

/** `\int_z q(z) \, dz`: the variable stands below the sign as well. */
function namesMeasures({ measures }: SurfaceIntegral, lower: Surface): boolean {
	const written = measures.map(keyAt);
	return openTuples([lower]).every((s) => {
		const key = keyAt(s);
		return key !== null && (measures.length === 0 || written.includes(key));
	});
}

function keyAt(s: Surface): string | null {
	return s.kind === "name" ? keyWith(s) : null;
}

function isAll({ relation, right }: SurfaceRelation, domain: Domain): boolean {
	return (
		relation === "∈" && (isWholeSet(right, domain) || isPair(right, domain))
	);
}

/** `\mathcal Z`, `\Omega`, `\mathbb R^D`: a set by a letter of its own is that of all values; `\mathbb R_+` of those above 0. */
function isWholeSet(s: Surface, domain: Domain): boolean {
	const name = s.kind === "power" ? s.base : s;
	if (name.kind !== "name") return false;
	if (name.style === "bb" && name.name === "R") {
		const isPart = name.labels.length + name.subscripts.length > 0;
		return (
			domain.kind === (isPart ? "positive" : "real") ||
			(!isPart && domain.kind === "unnamed")
		);
	}
	return (
		name.style === "cal" ||
		name.style === "bb" ||
		["Omega", "Delta"].includes(name.name)
	);
}

/** The values `\{0, 1\}` of a variable with two. */
function isPair(s: Surface, domain: Domain): boolean {
	if (s.kind !== "tuple" || s.items.length !== 2) return false;
	const isZeroOne = s.items.every(
		(item, i) => item.kind === "number" && item.text === `${i}`,
	);
	const hasTwo =
		domain.kind === "unnamed" ||
		(domain.kind === "counts" && domain.upTo === 1);
	return isZeroOne && hasTwo;
}

/** No bounds, 1 … K of K labels, 0 … ∞ of counts; of an unnamed variable 1 up to a letter. */
function hasWholeBounds({ lower, upper }: SurfaceBig, domain: Domain): boolean {
	if (!lower && !upper) return true;
	const isFrom = (text: string) =>
		lower?.kind === "number" && lower.text === text;
	const isLetter = upper?.kind === "name" && upper.subscripts.length === 0;
	const isEndless = isLetter && upper.name === "infty";
	switch (domain.kind) {
		case "labels":
			return isFrom("1") && spelling(upper) === `${domain.size}`;
		case "counts":
			return (
				(!lower || isFrom("0")) &&
				(!upper ||
					(domain.upTo === null
						? isEndless
						: spelling(upper) === `${domain.upTo}`))
			);
		case "unnamed":
			return isLetter && (isFrom("1") || (isFrom("0") && isEndless));
		default:
			return false;
	}
}

function spelling(s: Surface | null): string | null {
	if (s?.kind === "number") return s.text;
	return s?.kind === "name" && s.subscripts.length === 0 ? s.name : null;
}

function isBetweenEnds(
	scope: Scope,
	lower: Surface,
	upper: Surface,
	domain: Domain,
): boolean {
	const [from, to] = [lower, upper].map((s) => scope.read(s));
	if (!from || !to) return false;
	const isEndless = to.kind === "constant" && to.name === "infinity";
	switch (domain.kind) {
		case "positive":
			return isNumber(from, 0) && isEndless;
		case "unit":
			return isNumber(from, 0) && isNumber(to, 1);
		case "real":
		case "unnamed":
			return isEndless && isMinusInfinite(from);
		default:
			return false;
	}
}
