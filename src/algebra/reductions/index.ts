import { kroneckerDelta, signSquared } from "./deltas.js";
import { logarithmOfFactorial } from "./factorials.js";
import { inverseCancels } from "./inverses.js";
import { oneHot } from "./oneHot.js";
import {
	absoluteSquare,
	expandPowers,
	mergeExponentials,
	mergeSymbolicPowers,
	primePowers,
} from "./powers.js";
import type { Reduction } from "./reduction.js";
import { sumOfPowers, totalProbability, unusedIndex } from "./totals.js";

/** All rules, in the order in which they are tried. A new one is a function beside its kin and a line here. */
export const reductions: readonly Reduction[] = [
	primePowers,
	absoluteSquare,
	kroneckerDelta,
	signSquared,
	oneHot,
	mergeExponentials,
	mergeSymbolicPowers,
	expandPowers,
	inverseCancels,
	totalProbability,
	logarithmOfFactorial,
	sumOfPowers,
	unusedIndex,
];
