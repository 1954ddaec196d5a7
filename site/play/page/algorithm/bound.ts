import type { Standing } from "../../program.js";
import { element } from "../dom.js";
import { svg } from "./svg.js";
import { spokenTerm } from "./words.js";

const width = 600;
const height = 190;
const left = 78;
const bottom = 26;
const top = 14;

/** The bound as a curve by sweep, and the terms that it is the sum of. */
export class BoundView {
	private readonly chart = svg("svg", {
		viewBox: `0 0 ${width} ${height}`,
		class: "bound",
		role: "img",
	});
	private readonly terms = element("table", { class: "bound-terms" });
	readonly parts: readonly Element[] = [this.chart, this.terms];

	draw(standing: Standing | null): void {
		const elbo = standing?.elbo ?? [];
		this.chart.replaceChildren(...curve(elbo));
		const last = elbo.at(-1);
		this.chart.setAttribute(
			"aria-label",
			last === undefined
				? "The bound, before the first sweep"
				: `The bound after ${elbo.length} sweeps: ${last.toPrecision(7)}`,
		);
		this.terms.replaceChildren(...rowsOf(standing));
	}
}

function curve(elbo: readonly number[]): Element[] {
	const shown = elbo.filter(Number.isFinite);
	const high = Math.max(...shown);
	const low = Math.min(...shown);
	const span = high - low || 1;
	const x = (n: number) =>
		left + ((width - left - 20) * n) / Math.max(1, elbo.length - 1);
	const y = (value: number) =>
		top + (height - top - bottom) * (1 - (value - low) / span);
	const axis = svg("path", {
		d: `M${left} ${top}V${height - bottom}H${width - 20}`,
		class: "axis",
	});
	if (shown.length === 0) return [axis];
	const at = elbo.map((value, n) => `${x(n)} ${y(value)}`);
	const label = (value: number, where: number) =>
		text(value.toPrecision(6).replace("-", "−"), left - 6, where + 4, "end");
	return [
		axis,
		svg("path", { d: `M${at.join("L")}`, class: "curve" }),
		...elbo.map((value, n) =>
			svg("circle", { cx: x(n), cy: y(value), r: 3, class: "sweep" }),
		),
		label(high, y(high)),
		...(high > low ? [label(low, y(low))] : []),
		text(`sweep ${elbo.length}`, x(elbo.length - 1), height - 6, "end"),
		text("ELBO", left + 6, top + 4, "start"),
	];
}

function text(
	content: string,
	x: number,
	y: number,
	anchor: string,
): SVGTextElement {
	const label = svg("text", { x, y, "text-anchor": anchor });
	label.textContent = content;
	return label;
}

/** A line for each term, with a bar as long as it is large, and their sum. */
function rowsOf(standing: Standing | null): Element[] {
	const terms = standing?.terms ?? [];
	const largest = Math.max(...terms.map(({ value }) => Math.abs(value)), 1e-9);
	const rows = terms.map(({ name, value }) =>
		rowOf(spokenTerm(name), value, Math.abs(value) / largest),
	);
	const total = terms.reduce((sum, { value }) => sum + value, 0);
	return terms.length === 0 ? [] : [...rows, rowOf("ELBO", total, null)];
}

function rowOf(name: string, value: number, part: number | null): Element {
	const bar = element("td", {});
	if (part !== null) {
		const line = element("div", { class: value < 0 ? "minus" : "plus" });
		line.style.width = `${(100 * part).toFixed(1)}%`;
		bar.append(line);
	}
	return element(
		"tr",
		part === null ? { class: "total" } : {},
		element("th", { scope: "row" }, name),
		element("td", { class: "amount" }, value.toFixed(3).replace("-", "−")),
		bar,
	);
}
