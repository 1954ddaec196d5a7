export { type DataTable, parseData, readData } from "./data.js";
export { DataProblem } from "./dataProblem.js";
export { fitSheet } from "./fit.js";
export {
	bound,
	type Fit,
	type FitOptions,
	type FitReport,
	type Run,
} from "./fitted.js";
export { Progress } from "./progress.js";
export { resultRecord } from "./resultFile.js";
export { loadSolver, type Solver, type SolverResult } from "./solver.js";
export { fitTable } from "./table.js";
