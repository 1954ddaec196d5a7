import { categoricalMoments } from "../distributions/categorical/moments.js";
import { normalMoments } from "../distributions/normal/moments.js";
import type { Moments } from "./moment.js";

/** Moments by the name of the distribution. A new distribution adds its file here. */
export const momentsOf: ReadonlyMap<string, Moments> = new Map([
	["Normal", normalMoments],
	["Categorical", categoricalMoments],
]);
