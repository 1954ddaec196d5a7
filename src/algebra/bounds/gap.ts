import type { Environment } from "../environment.js";
import type { Form } from "../form.js";

/**
 * Something that is never negative, by a fact that has a name: to show D ≥ 0 it is enough to show D − gap ≥ 0. A rule
 * proposes such gaps from what stands in D, and only where the fact's side conditions follow from the declared types.
 */
export interface Gap {
	readonly fact: string;
	readonly form: Form;
}

export type BoundRule = (env: Environment, form: Form) => readonly Gap[];
