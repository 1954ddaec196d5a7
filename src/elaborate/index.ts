export { elaborateChain } from "./chain.js";
export {
	declareSymbols,
	emptyContext,
	emptyState,
	lexiconOf,
} from "./context.js";
export { elaborateExpression, elaborateFormula } from "./expression.js";
export { readFamily } from "./family.js";
export { readModel } from "./model.js";
export type {
	Carry,
	ChainReading,
	CompareStep,
	ImpliedStep,
	ProblemStep,
	ReadSide,
	ReadStep,
} from "./reading.js";
export type { Definition, Note, State } from "./state.js";
