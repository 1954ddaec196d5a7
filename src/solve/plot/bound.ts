import type { Fit, Run } from "../fitted.js";
import { componentColour } from "./colours.js";
import { margins, panel } from "./panel.js";
import { extent } from "./scale.js";
import { element, line } from "./svg.js";

/** The evidence lower bound by sweep: the best run strong, the others faint. */
export function boundPanel(
	fit: Omit<Fit, "plotSvg">,
	left: number,
	width: number,
	height: number,
): string {
	const all = fit.runs.flatMap((run) => run.elbo);
	const sweeps = Math.max(...fit.runs.map((run) => run.elbo.length));
	const area = panel({
		left: left + margins.left + 14,
		top: margins.top,
		width: width - margins.left - margins.right - 14,
		height: height - margins.top - margins.bottom,
		xRange: sweeps > 1 ? [1, sweeps] : [0, 2],
		yRange: extent(all, 0.06),
		xTitle: "sweep",
		yTitle: "",
		heading: "ELBO",
		wholeX: true,
	});
	const curve = (
		run: Run,
		attributes: Readonly<Record<string, string | number>>,
	) =>
		line(
			run.elbo.map((value, n) => [area.x.at(n + 1), area.y.at(value)] as const),
			{ stroke: componentColour(0), ...attributes },
		);
	const faint = fit.runs
		.filter((run) => run.restart !== fit.best.restart)
		.map((run) => curve(run, { "stroke-opacity": "0.5" }));
	const { elbo } = fit.best;
	const end = element("circle", {
		cx: area.x.at(elbo.length),
		cy: area.y.at(elbo.at(-1) ?? 0),
		r: 3.5,
		fill: componentColour(0),
	});
	return (
		area.frame + faint.join("") + curve(fit.best, { "stroke-width": 2 }) + end
	);
}
