export { everyAssignment } from "./assignments.js";
export { integrates, needsQuadrature } from "./careful.js";
export { type Comparison, compareValues } from "./compare.js";
export { decimals } from "./decimals.js";
export { doubleDoubles } from "./doubleDouble.js";
export {
	type Evaluation,
	evaluate,
	evaluateByTerms,
	evaluatePrecisely,
	mostWork,
	type PreciseEvaluation,
} from "./evaluate.js";
export type { Precision } from "./extended.js";
export type { Reach } from "./far.js";
export { rootNear } from "./leastSquares.js";
export { makeWorlds } from "./makeWorlds.js";
export { fineMovesFrom, type Move, movesFrom } from "./moves.js";
export { nudge } from "./nudge.js";
export { type Place, placeOf } from "./places.js";
export { vary } from "./vary.js";
export type { World, WorldValue } from "./world.js";
