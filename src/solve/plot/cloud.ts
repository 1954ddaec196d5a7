import type { Fit } from "../fitted.js";
import { observedColumns } from "../rows.js";
import { principalComponents } from "./principal.js";

/** The data in the plane, or along a line. */
export interface Cloud {
	readonly xs: Float64Array;
	/** Null for a single column. */
	readonly ys: Float64Array | null;
	readonly xTitle: string;
	readonly yTitle: string;
	/** How the data came into the plane, for the heading; empty for one column or two. */
	readonly how: string;
}

/** One column as it is, two as they are, more by their first two principal components. */
export function cloudOf({ rows, scaling }: Omit<Fit, "plotSvg">): Cloud {
	const tensor = rows.inputs[rows.observed.name];
	const data = tensor?.data ?? new Float64Array();
	const width = tensor?.shape[1] ?? 1;
	const [x = "", y = ""] = observedColumns(rows).map((name) =>
		scaling?.[name] ? `${name}, standardized` : name,
	);
	if (width > 2) return ofMany(data, width);
	const column = (c: number) =>
		Float64Array.from(
			{ length: data.length / width },
			(_, n) => data[n * width + c] as number,
		);
	return {
		xs: column(0),
		ys: width === 1 ? null : column(1),
		xTitle: x,
		yTitle: y,
		how: "",
	};
}

function ofMany(data: Float64Array, width: number): Cloud {
	const { xs, ys, shares } = principalComponents(data, width);
	const percent = shares.map((share) => `${Math.round(100 * share)} %`);
	return {
		xs,
		ys,
		xTitle: `first principal component (${percent[0]} of the variance)`,
		yTitle: `second (${percent[1]})`,
		how: `, ${width} columns projected`,
	};
}
