export { everyAssignment } from "./assignments.js";
export { bigNumbers } from "./big.js";
export { type Comparison, compareValues } from "./compare.js";
export {
	type Evaluation,
	evaluate,
	evaluatePrecisely,
	type PreciseEvaluation,
} from "./evaluate.js";
export { rootNear } from "./leastSquares.js";
export { makeWorlds } from "./makeWorlds.js";
export { movesFrom } from "./moves.js";
export { nudge } from "./nudge.js";
export { type Place, placeOf } from "./places.js";
export { vary } from "./vary.js";
export type { World, WorldValue } from "./world.js";
