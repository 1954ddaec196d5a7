import { bernoulliMoments } from "../distributions/bernoulli/moments.js";
import { betaMoments } from "../distributions/beta/moments.js";
import { binomialMoments } from "../distributions/binomial/moments.js";
import { categoricalMoments } from "../distributions/categorical/moments.js";
import { dirichletMoments } from "../distributions/dirichlet/moments.js";
import { exponentialMoments } from "../distributions/exponential/moments.js";
import { gammaMoments } from "../distributions/gamma/moments.js";
import { inverseGammaMoments } from "../distributions/inverseGamma/moments.js";
import { inverseWishartMoments } from "../distributions/inverseWishart/moments.js";
import { laplaceMoments } from "../distributions/laplace/moments.js";
import { multinomialMoments } from "../distributions/multinomial/moments.js";
import { normalMoments } from "../distributions/normal/moments.js";
import { poissonMoments } from "../distributions/poisson/moments.js";
import { studentTMoments } from "../distributions/studentT/moments.js";
import { uniformMoments } from "../distributions/uniform/moments.js";
import { wishartMoments } from "../distributions/wishart/moments.js";
import type { Moments } from "./moment.js";

/** Moments by the name of the distribution. A new distribution adds its file here. */
export const momentsOf: ReadonlyMap<string, Moments> = new Map([
	["Bernoulli", bernoulliMoments],
	["Beta", betaMoments],
	["Binomial", binomialMoments],
	["Categorical", categoricalMoments],
	["Dirichlet", dirichletMoments],
	["Exponential", exponentialMoments],
	["Gamma", gammaMoments],
	["InverseGamma", inverseGammaMoments],
	["InverseWishart", inverseWishartMoments],
	["Laplace", laplaceMoments],
	["Multinomial", multinomialMoments],
	["Normal", normalMoments],
	["Poisson", poissonMoments],
	["StudentT", studentTMoments],
	["Uniform", uniformMoments],
	["Wishart", wishartMoments],
]);
