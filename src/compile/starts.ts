import { distributionNamed } from "../distributions/index.js";
import type { Dim } from "../expr/tree.js";
import type { Input, Parameter, Plan } from "./plan.js";

/** How a parameter that nobody gives starts. */
export type Start =
	/** At rows of the data that lie apart: for parameters that say where in the data's space something is. */
	| { readonly kind: "rows"; readonly of: Input }
	/** Near zero, on the scale of the data. */
	| { readonly kind: "normal"; readonly of: Input | null }
	| { readonly kind: "simplex" }
	| { readonly kind: "identity" }
	/** The number of rows of a matrix, than which degrees of freedom must not be fewer. */
	| { readonly kind: "size"; readonly of: Dim }
	| { readonly kind: "constant"; readonly value: number };

/** The start of a parameter, from its type and axes alone. */
export function startOf(parameter: Parameter, plan: Plan): Start {
	const rows = rowsForDegrees(parameter, plan);
	if (rows !== null) return { kind: "size", of: rows };
	switch (parameter.type) {
		case "simplex":
			return { kind: "simplex" };
		case "positive":
		case "nonnegative":
		case "count":
			return { kind: "constant", value: 1 };
		case "probability":
			return { kind: "constant", value: 0.5 };
		case "symmetric":
		case "posdef":
			return { kind: "identity" };
		default: {
			const data = observedNumbers(plan);
			return data && isPlaceAmong(parameter, data)
				? { kind: "rows", of: data }
				: { kind: "normal", of: data };
		}
	}
}

/** Whether the parameters start alike, so that only the local ones' start can tell components apart. */
export function startsAlike(plan: Plan): boolean {
	return plan.parameters
		.filter((p) => !p.local)
		.every((p) => {
			const { kind } = startOf(p, plan);
			return ["constant", "identity", "size"].includes(kind);
		});
}

/** The rows of the matrices that a factor of q has with the parameter as their degrees of freedom, else null. */
function rowsForDegrees({ name }: Parameter, plan: Plan): Dim | null {
	const factor = plan.solvable.context.family?.factors.find((f) => {
		const { degrees } = distributionNamed(f.distribution);
		const parameter = degrees ? f.parameters[degrees] : undefined;
		return parameter?.kind === "symbol" && parameter.name === name;
	});
	return factor?.shape[0] ?? null;
}

function observedNumbers(plan: Plan): Input | null {
	const numeric = (v: Input) => v.observed && v.type !== "label";
	return plan.inputs.find(numeric) ?? null;
}

/** Whether one instance of the parameter has the axes of one data point. */
function isPlaceAmong(parameter: Parameter, data: Input): boolean {
	const event = data.dims.slice(1);
	const own = parameter.dims.slice(parameter.dims.length - event.length);
	return (
		!parameter.local &&
		parameter.eventAxes <= event.length &&
		parameter.dims.length >= event.length &&
		event.every((dim, n) => dim === own[n])
	);
}
