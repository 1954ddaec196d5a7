import type { Fit } from "../fitted.js";
import { type Cloud, cloudOf } from "./cloud.js";
import { blend, componentColour } from "./colours.js";
import { histogramPanel } from "./histogram.js";
import { ellipse, momentsOf } from "./moments.js";
import { margins, type Panel, panel } from "./panel.js";
import { extent } from "./scale.js";
import { type Shares, sharesOf } from "./shares.js";
import { element, line } from "./svg.js";

/** More points than this are thinned out evenly. */
const mostPoints = 4000;

type Unplotted = Omit<Fit, "plotSvg">;

/** The data coloured by responsibility, with a mark for each component: mean and standard deviation of its data. */
export function pointsPanel(
	fit: Unplotted,
	left: number,
	width: number,
	height: number,
): string {
	const cloud = cloudOf(fit);
	const shares = sharesOf(fit);
	if (cloud.ys === null)
		return histogramPanel(fit, cloud, shares, left, width, height);
	const plane = { ...cloud, ys: cloud.ys };
	const area = panel({
		left: left + margins.left,
		top: margins.top,
		width: width - margins.left - margins.right,
		height: height - margins.top - margins.bottom,
		xRange: extent(plane.xs, 0.06),
		yRange: extent(plane.ys, 0.06),
		xTitle: cloud.xTitle,
		yTitle: cloud.yTitle,
		heading: heading(cloud, shares),
	});
	const components = Array.from({ length: shares.count }, (_, k) =>
		componentMark(plane, area, k, shares),
	);
	return area.frame + dots(plane, area, shares) + components.join("");
}

/** A cloud that has two coordinates. */
type Plane = Cloud & { readonly ys: Float64Array };

function heading({ xs, how }: Cloud, { isKnown }: Shares): string {
	const count = xs.length;
	const shown =
		count > mostPoints
			? `${Math.ceil(count / stride(count))} of ${count}`
			: `${count}`;
	return `${shown} points${how}${isKnown ? ", coloured by responsibility" : ""}`;
}

function stride(count: number): number {
	return Math.ceil(count / mostPoints);
}

function dots({ xs, ys }: Plane, area: Panel, shares: Shares): string {
	const step = stride(xs.length);
	const marks: string[] = [];
	for (let n = 0; n < xs.length; n += step) {
		const weights = Array.from({ length: shares.count }, (_, k) =>
			shares.of(n, k),
		);
		marks.push(
			element("circle", {
				cx: area.x.at(xs[n] as number),
				cy: area.y.at(ys[n] as number),
				r: 2.6,
				fill: blend(weights),
			}),
		);
	}
	return element("g", { "fill-opacity": "0.75" }, ...marks);
}

/** Mean and spread of a component's data: a cross and the ellipse of one standard deviation. */
function componentMark(
	{ xs, ys }: Plane,
	area: Panel,
	k: number,
	shares: Shares,
): string {
	const moments = momentsOf(xs, ys, (n) => shares.of(n, k));
	if (!shares.isDrawn(moments.weight)) return "";
	const stroke = componentColour(k);
	const [x, y] = moments.mean;
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
