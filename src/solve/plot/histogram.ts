import type { Fit } from "../fitted.js";
import type { Cloud } from "./cloud.js";
import { componentColour } from "./colours.js";
import { momentsOf } from "./moments.js";
import { margins, type Panel, panel } from "./panel.js";
import { extent } from "./scale.js";
import type { Shares } from "./shares.js";
import { element, line } from "./svg.js";

/** Intervals of equal width. */
interface Bins {
	readonly from: number;
	readonly width: number;
	readonly count: number;
}

/** More whole numbers than these are put together. */
const mostBins = 60;

/** A single column as a histogram; each bar is divided as the responsibilities of its points are. */
export function histogramPanel(
	fit: Omit<Fit, "plotSvg">,
	cloud: Cloud,
	shares: Shares,
	left: number,
	width: number,
	height: number,
): string {
	const bins = binsOf(cloud.xs);
	const stacks = weigh(cloud.xs, bins, shares);
	const tallest = Math.max(
		...stacks.map((stack) => stack.reduce((a, b) => a + b)),
	);
	const end = bins.from + bins.width * bins.count;
	const area = panel({
		left: left + margins.left,
		top: margins.top,
		width: width - margins.left - margins.right,
		height: height - margins.top - margins.bottom,
		xRange: extent([bins.from, end], 0.02),
		// Room above the bars for the marks of the components.
		yRange: [0, tallest * (1.08 + 0.05 * shares.count)],
		xTitle: cloud.xTitle,
		yTitle: "points",
		heading: `${fit.table.rows} points${shares.isKnown ? ", coloured by responsibility" : ""}`,
	});
	const bars = stacks.map((stack, n) => bar(stack, n, bins, area));
	const marks = Array.from({ length: shares.count }, (_, k) =>
		mark(cloud.xs, k, shares, area),
	);
	return (
		area.frame +
		element("g", { "fill-opacity": "0.75" }, ...bars) +
		marks.join("")
	);
}

/** A bin for each whole number where the data are a few of these, else as many as the root of the number of points. */
function binsOf(xs: Float64Array): Bins {
	const [low, high] = extent(xs, 0);
	const isWhole = xs.every(Number.isInteger) && high - low < mostBins;
	if (isWhole) return { from: low - 0.5, width: 1, count: high - low + 1 };
	const count = Math.max(
		1,
		Math.min(mostBins, Math.ceil(Math.sqrt(xs.length))),
	);
	return high > low
		? { from: low, width: (high - low) / count, count }
		: { from: low - 0.5, width: 1, count: 1 };
}

/** For each bin the weight of each component in it. */
function weigh(xs: Float64Array, bins: Bins, shares: Shares): number[][] {
	const stacks = Array.from({ length: bins.count }, () =>
		new Array<number>(shares.count).fill(0),
	);
	xs.forEach((x, n) => {
		const at = Math.floor((x - bins.from) / bins.width);
		const stack = stacks[Math.min(at, bins.count - 1)] as number[];
		for (let k = 0; k < shares.count; k++)
			stack[k] = (stack[k] as number) + shares.of(n, k);
	});
	return stacks;
}

function bar(
	stack: readonly number[],
	n: number,
	bins: Bins,
	area: Panel,
): string {
	const x = area.x.at(bins.from + bins.width * n);
	const width = area.x.at(bins.from + bins.width * (n + 1)) - x;
	let below = 0;
	return stack
		.map((weight, k) => {
			const bottom = area.y.at(below);
			below += weight;
			const top = area.y.at(below);
			return element("rect", {
				x: x + 0.5,
				y: top,
				width: Math.max(0.5, width - 1),
				height: bottom - top,
				fill: componentColour(k),
			});
		})
		.join("");
}

/** Mean and standard deviation of a component's points, above the bars. */
function mark(
	xs: Float64Array,
	k: number,
	shares: Shares,
	area: Panel,
): string {
	const { weight, mean, covariance } = momentsOf(xs, xs, (n) =>
		shares.of(n, k),
	);
	if (!shares.isDrawn(weight)) return "";
	const spread = Math.sqrt(covariance[0]);
	const y = area.y.at(area.y.to) + 12 + 7 * k;
	const at = (value: number) =>
		area.x.at(Math.min(area.x.to, Math.max(area.x.from, value)));
	const stroke = componentColour(k);
	return (
		line(
			[
				[at(mean[0] - spread), y],
				[at(mean[0] + spread), y],
			],
			{ stroke, class: "spread" },
		) + element("circle", { cx: at(mean[0]), cy: y, r: 4, fill: stroke })
	);
}
