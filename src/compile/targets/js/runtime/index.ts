import type { Helper } from "../../helpers.js";
import { inputs } from "./inputs.js";
import { matrices } from "./matrices.js";
import { memory } from "./memory.js";
import { numbers } from "./numbers.js";
import { optima } from "./optima.js";
import { starts } from "./starts.js";
import { sweeps } from "./sweeps.js";

/** What emitted ES modules may need beside their own functions. */
export const helpers: readonly Helper[] = [
	...sweeps,
	...optima,
	...inputs,
	...memory,
	...matrices,
	...starts,
	...numbers,
];

/** Names that the module's own functions may have. */
export const helperNames: readonly string[] = helpers.map((h) => h.name);
