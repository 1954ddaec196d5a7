import { measure as bernoulli } from "../distributions/bernoulli/measure.js";
import { measure as beta } from "../distributions/beta/measure.js";
import { measure as binomial } from "../distributions/binomial/measure.js";
import { measure as categorical } from "../distributions/categorical/measure.js";
import { measure as dirichlet } from "../distributions/dirichlet/measure.js";
import { measure as exponential } from "../distributions/exponential/measure.js";
import { measure as gamma } from "../distributions/gamma/measure.js";
import { measure as inverseGamma } from "../distributions/inverseGamma/measure.js";
import { measure as inverseWishart } from "../distributions/inverseWishart/measure.js";
import { measure as laplace } from "../distributions/laplace/measure.js";
import { measure as multinomial } from "../distributions/multinomial/measure.js";
import { measure as normal } from "../distributions/normal/measure.js";
import { measure as poisson } from "../distributions/poisson/measure.js";
import { measure as studentT } from "../distributions/studentT/measure.js";
import { measure as uniform } from "../distributions/uniform/measure.js";
import { measure as wishart } from "../distributions/wishart/measure.js";
import type { Measure } from "./measure.js";
import { Undecided } from "./undecided.js";

/** How to integrate over each distribution. A new one is a `measure.ts` in its folder and a line here. */
const measures: readonly Measure[] = [
	bernoulli,
	beta,
	binomial,
	categorical,
	dirichlet,
	exponential,
	gamma,
	inverseGamma,
	inverseWishart,
	laplace,
	multinomial,
	normal,
	poisson,
	studentT,
	uniform,
	wishart,
];

/** How a random matrix of that distribution is made of the numbers drawn; null for other distributions. */
export function compositionOf(distribution: string): Measure["compose"] | null {
	return measures.find((m) => m.distribution === distribution)?.compose ?? null;
}

/** @throws Undecided for a distribution that has no measure. */
export function measureOf(distribution: string): Measure {
	const found = measures.find((m) => m.distribution === distribution);
	if (!found)
		throw new Undecided(
			`expectations under ${distribution} cannot be computed numerically`,
		);
	return found;
}
