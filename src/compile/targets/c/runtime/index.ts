import type { Helper } from "../../helpers.js";
import { lanes } from "./lanes.js";
import { matrices } from "./matrices.js";
import { numbers } from "./numbers.js";
import { starts } from "./starts.js";
import { sweeps } from "./sweeps.js";

/** What emitted C may need beside its own functions. */
export const helpers: readonly Helper[] = [
	...numbers,
	...lanes,
	...matrices,
	...sweeps,
	...starts,
];

/** Names that stand at file level, or that functions of the file use for their own ends. */
export const takenNames: readonly string[] = [
	...helpers.map((h) => h.name),
	...[
		..."vec bits splat pick MASK LANE sum generator state st struct".split(" "),
	],
	..."block points left scale place own each threads room from live lane last stripe stripes segment renew keep row lost ok".split(
		" ",
	),
	..."exp log sqrt pow fabs tgamma floor isfinite isnan fmax memcpy memset free snprintf FILE".split(
		" ",
	),
	..."first watch wrong copies code now size before converged move done".split(
		" ",
	),
	..."INFINITY NAN NULL INT64_C true false bool I errno stdin stdout".split(
		" ",
	),
];
