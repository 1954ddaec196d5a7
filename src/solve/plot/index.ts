import type { Fit } from "../fitted.js";
import { boundPanel } from "./bound.js";
import { pointsPanel } from "./points.js";
import { element, escaped } from "./svg.js";

const width = 1000;
const height = 420;
const split = 590;

/** Colours that follow the reader's choice of dark or light; the data's own colours show on both. */
const style = `
.page { fill: #ffffff; }
text { fill: #222222; font: 13px system-ui, sans-serif; }
.heading { font-weight: 600; }
.frame { fill: none; stroke: #bbbbbb; }
.axis { stroke: #777777; }
.spread { stroke-width: 2.5; }
@media (prefers-color-scheme: dark) {
	.page { fill: #16181d; }
	text { fill: #e6e6e6; }
	.frame { stroke: #4a4e57; }
	.axis { stroke: #9a9a9a; }
}
`;

/** A fit as an SVG document: the data with its components, and the bound by sweep. */
export function plotFit(fit: Omit<Fit, "plotSvg">): string {
	const { title } = fit.plan.solvable;
	const last = fit.best.result.elbo.at(-1) ?? Number.NaN;
	const description = `${fit.table.rows} data points; the ELBO reaches ${last.toFixed(4)} after ${fit.best.result.sweeps} sweeps.`;
	const svg = element(
		"svg",
		{
			xmlns: "http://www.w3.org/2000/svg",
			viewBox: `0 0 ${width} ${height}`,
			width,
			height,
			role: "img",
		},
		`<title>${escaped(title)}</title>`,
		`<desc>${escaped(description)}</desc>`,
		`<style>${style}</style>`,
		element("rect", { width, height, class: "page" }),
		pointsPanel(fit, 0, split, height),
		boundPanel(fit, split, width - split, height),
	);
	return `${svg}\n`;
}
