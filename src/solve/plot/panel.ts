import { linearScale, type Scale } from "./scale.js";
import { element, label } from "./svg.js";

/** A rectangle to draw in, with its axes. */
export interface Panel {
	readonly x: Scale;
	readonly y: Scale;
	/** The axes, their ticks and titles. */
	readonly frame: string;
}

export interface PanelOptions {
	readonly left: number;
	readonly top: number;
	readonly width: number;
	readonly height: number;
	readonly xRange: readonly [number, number];
	readonly yRange: readonly [number, number];
	readonly xTitle: string;
	readonly yTitle: string;
	readonly heading: string;
	/** Only whole numbers as ticks of x. */
	readonly wholeX?: boolean;
}

/** Room that ticks and titles take around the rectangle. */
export const margins = { left: 72, right: 16, top: 40, bottom: 52 };

/** Lays out a panel. */
export function panel(o: PanelOptions): Panel {
	const bottom = o.top + o.height;
	const right = o.left + o.width;
	const x = linearScale(...o.xRange, o.left, right, 6);
	const y = linearScale(...o.yRange, bottom, o.top, 6);
	const xTicks = x.ticks.filter((t) => !o.wholeX || Number.isInteger(t));
	const centre = { "text-anchor": "middle" };
	const marks = [
		label(o.heading, o.left, o.top - 16, { class: "heading" }),
		...xTicks.map(
			(t) =>
				tick(x.at(t), bottom, 0, 5) +
				label(x.tickText(t), x.at(t), bottom + 20, centre),
		),
		...y.ticks.map(
			(t) =>
				tick(o.left, y.at(t), -5, 0) +
				label(y.tickText(t), o.left - 9, y.at(t) + 4, {
					"text-anchor": "end",
				}),
		),
		label(o.xTitle, (o.left + right) / 2, bottom + 42, centre),
		sideTitle(o.yTitle, o.left - 58, (o.top + bottom) / 2),
	];
	const box = element("rect", {
		x: o.left,
		y: o.top,
		width: o.width,
		height: o.height,
		class: "frame",
	});
	return { x, y, frame: box + marks.join("") };
}

function tick(x: number, y: number, dx: number, dy: number): string {
	return element("line", {
		x1: x,
		y1: y,
		x2: x + dx,
		y2: y + dy,
		class: "axis",
	});
}

function sideTitle(text: string, x: number, y: number): string {
	return label(text, x, y, {
		"text-anchor": "middle",
		transform: `rotate(-90 ${x} ${y})`,
	});
}
