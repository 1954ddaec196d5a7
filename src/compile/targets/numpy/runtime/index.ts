import type { Helper } from "../../helpers.js";
import { numbers } from "./numbers.js";
import { solving } from "./solving.js";

/** What emitted Python may need beside its own functions. */
export const helpers: readonly Helper[] = [...solving, ...numbers];

/** Names that stand at module level, or that functions of the module use for their own ends. */
export const takenNames: readonly string[] = [
	...helpers.map((h) => h.name),
	..."np math SimpleNamespace ROWS SIZES KEYS INPUTS PARAMETERS LOCALS GLOBALS".split(
		" ",
	),
	..."state rows renew solve predict pass_over_data prepare_means prepare start".split(
		" ",
	),
	..."elbo elbo_terms elbo_sizes fell sheet slice range int len".split(" "),
];
