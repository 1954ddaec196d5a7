import { responsibilities } from "../components.js";
import type { Fit } from "../fitted.js";

/** Below this weight in data points a component has no mark. */
const leastWeight = 2;

/** How much of each point belongs to each component; all of it to the only one where the model has none. */
export interface Shares {
	readonly count: number;
	/** Whether they are responsibilities. */
	readonly isKnown: boolean;
	of(point: number, component: number): number;
	/** Whether a component of so much weight in data points is worth a mark. */
	isDrawn(weight: number): boolean;
}

export function sharesOf(fit: Omit<Fit, "plotSvg">): Shares {
	const tensor = responsibilities(fit)[0]?.tensor;
	const count = tensor?.shape[1] ?? 1;
	return {
		count,
		isKnown: tensor !== undefined,
		of: (n, k) => (tensor ? (tensor.data[n * count + k] as number) : 1),
		isDrawn: (weight) => weight >= leastWeight,
	};
}
