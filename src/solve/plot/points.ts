import { responsibilities } from "../components.js";
import type { Fit } from "../fitted.js";
import { observedColumns } from "../rows.js";
import { blend, componentColour } from "./colours.js";
import { ellipse, momentsOf } from "./moments.js";
import { margins, type Panel, panel } from "./panel.js";
import { extent } from "./scale.js";
import { element, line } from "./svg.js";

/** More points than this are thinned out evenly. */
const mostPoints = 4000;

/** Below this weight in data points a component has no ellipse. */
const leastWeight = 2;

type Unplotted = Omit<Fit, "plotSvg">;

/** The data as points: first against second column, or a single column in a band of even height. */
interface Cloud {
	readonly xs: Float64Array;
	readonly ys: Float64Array;
	readonly xTitle: string;
	/** Null for a single column. */
	readonly yTitle: string | null;
}

/** The data coloured by responsibility, with an ellipse for each component: one standard deviation of its data. */
export function pointsPanel(
	fit: Unplotted,
	left: number,
	width: number,
	height: number,
): string {
	const cloud = cloudOf(fit);
	const shares = responsibilities(fit)[0]?.tensor;
	const count = shares?.shape[1] ?? 1;
	const weight = (n: number, k: number) =>
		shares ? (shares.data[n * count + k] as number) : 1;
	const area = panel({
		left: left + margins.left,
		top: margins.top,
		width: width - margins.left - margins.right,
		height: height - margins.top - margins.bottom,
		xRange: extent(cloud.xs, 0.06),
		yRange: extent(cloud.ys, 0.06),
		xTitle: cloud.xTitle,
		yTitle: cloud.yTitle ?? "",
		heading: heading(fit, cloud, shares !== undefined),
		bareY: cloud.yTitle === null,
	});
	const components = Array.from({ length: count }, (_, k) =>
		componentMark(cloud, area, k, (n) => weight(n, k)),
	);
	return area.frame + dots(cloud, area, count, weight) + components.join("");
}

function cloudOf({ rows }: Unplotted): Cloud {
	const tensor = rows.inputs[rows.observed.name];
	const width = tensor?.shape[1] ?? 1;
	const column = (c: number) =>
		Float64Array.from(
			{ length: tensor?.shape[0] ?? 0 },
			(_, n) => tensor?.data[n * width + c] ?? 0,
		);
	const [x, y] = observedColumns(rows);
	if (width === 1)
		return {
			xs: column(0),
			ys: column(0).map((_, n) => lowDiscrepancy(n + 1)),
			xTitle: x ?? "",
			yTitle: null,
		};
	return { xs: column(0), ys: column(1), xTitle: x ?? "", yTitle: y ?? "" };
}

/** Van der Corput's sequence: heights that fill a band evenly, the same every time. */
function lowDiscrepancy(n: number): number {
	let [value, half, rest] = [0, 0.5, n];
	while (rest > 0) {
		value += half * (rest % 2);
		rest = Math.floor(rest / 2);
		half /= 2;
	}
	return value;
}

function heading(fit: Unplotted, cloud: Cloud, coloured: boolean): string {
	const count = cloud.xs.length;
	const shown =
		count > mostPoints
			? `${Math.ceil(count / stride(count))} of ${count}`
			: `${count}`;
	const others =
		observedColumns(fit.rows).length > 2 ? ", first two columns" : "";
	return `${shown} points${others}${coloured ? ", coloured by responsibility" : ""}`;
}

function stride(count: number): number {
	return Math.ceil(count / mostPoints);
}

function dots(
	cloud: Cloud,
	area: Panel,
	count: number,
	weight: (n: number, k: number) => number,
): string {
	const step = stride(cloud.xs.length);
	const marks: string[] = [];
	for (let n = 0; n < cloud.xs.length; n += step) {
		const weights = Array.from({ length: count }, (_, k) => weight(n, k));
		marks.push(
			element("circle", {
				cx: area.x.at(cloud.xs[n] as number),
				cy: area.y.at(cloud.ys[n] as number),
				r: 2.6,
				fill: blend(weights),
			}),
		);
	}
	return element("g", { "fill-opacity": "0.75" }, ...marks);
}

/** Mean and spread of a component's data: an ellipse, or a bar where there is a single column. */
function componentMark(
	cloud: Cloud,
	area: Panel,
	k: number,
	weight: (n: number) => number,
): string {
	const moments = momentsOf(cloud.xs, cloud.ys, weight);
	if (!(moments.weight >= leastWeight)) return "";
	const stroke = componentColour(k);
	const [x, y] = moments.mean;
	if (cloud.yTitle === null) {
		const spread = Math.sqrt(moments.covariance[0]);
		const height = area.y.at(area.y.to) + 12 + 7 * k;
		return (
			line(
				[
					[area.x.at(x - spread), height],
					[area.x.at(x + spread), height],
				],
				{ stroke, class: "spread" },
			) +
			element("circle", { cx: area.x.at(x), cy: height, r: 4, fill: stroke })
		);
	}
	const outline = ellipse(moments).map(
		([u, v]) => [area.x.at(u), area.y.at(v)] as const,
	);
	const cross = (dx: number, dy: number) =>
		line(
			[
				[area.x.at(x) - dx, area.y.at(y) - dy],
				[area.x.at(x) + dx, area.y.at(y) + dy],
			],
			{ stroke, class: "spread" },
		);
	return line(outline, { stroke, class: "spread" }) + cross(5, 0) + cross(0, 5);
}
