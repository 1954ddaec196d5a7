export { type DataTable, readData } from "./data/index.js";
export { DataProblem } from "./dataProblem.js";
export { fitSheet } from "./fit.js";
export {
	type BestRun,
	bound,
	type Fit,
	type FitOptions,
	type FitReport,
	type Run,
} from "./fitted.js";
export { Outlook } from "./outlook.js";
export {
	type Prediction,
	type PredictOptions,
	predictSheet,
} from "./predict.js";
export { resultRecord } from "./resultFile.js";
export { loadSolver, type Solver, type SolverResult } from "./solver.js";
export { fitTable } from "./table.js";
