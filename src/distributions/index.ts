import { bernoulli } from "./bernoulli/density.js";
import { beta } from "./beta/density.js";
import { binomial } from "./binomial/density.js";
import { categorical } from "./categorical/density.js";
import { dirichlet } from "./dirichlet/density.js";
import type { Distribution, Spelling } from "./distribution.js";
import { exponential } from "./exponential/density.js";
import { gamma } from "./gamma/density.js";
import { inverseGamma } from "./inverseGamma/density.js";
import { inverseWishart } from "./inverseWishart/density.js";
import { laplace } from "./laplace/density.js";
import { multinomial } from "./multinomial/density.js";
import { normal } from "./normal/density.js";
import { poisson } from "./poisson/density.js";
import { studentT } from "./studentT/density.js";
import { uniform } from "./uniform/density.js";
import { wishart } from "./wishart/density.js";

/** Every distribution that a sheet can name. A new one is a folder here and a line below. */
export const distributions: readonly Distribution[] = [
	laplace,
	multinomial,
	normal,
	categorical,
	bernoulli,
	beta,
	binomial,
	dirichlet,
	exponential,
	gamma,
	inverseGamma,
	inverseWishart,
	poisson,
	studentT,
	uniform,
	wishart,
];

/** The distribution of that canonical name. */
export function distributionNamed(name: string): Distribution {
	const found = distributions.find((d) => d.name === name);
	if (!found) throw new Error(`no distribution is named ${name}`);
	return found;
}

/** The distribution that a sheet means by a name with so many arguments, or null. */
export function distributionCalled(
	spelling: Spelling,
	args: number,
): Distribution | null {
	const named = distributions.filter((d) => d.aliases.includes(spelling.name));
	return named.find((d) => d.means?.(spelling, args) ?? true) ?? null;
}

/** The distribution that has a name among its own, however it is spelled; the first of several. */
export function distributionAlias(name: string): Distribution | null {
	return distributions.find((d) => d.aliases.includes(name)) ?? null;
}
