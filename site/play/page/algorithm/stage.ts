import { blend, componentColour } from "../../../../src/solve/plot/colours.js";
import { ellipse, momentsOf } from "../../../../src/solve/plot/moments.js";
import type { ProgramInput, Standing, Tensor } from "../../program.js";
import { within } from "./data.js";
import type { Experiment } from "./experiment.js";
import { svg } from "./svg.js";

const width = 600;
const height = 420;
const border = 34;

/** A coordinate of a point on the stage: one of the numbers of an input. */
interface Axis {
	readonly input: ProgramInput;
	readonly at: number;
	readonly low: number;
	readonly high: number;
}

/** What the stage tells: a point was taken, moved, or set. */
export interface StageEvents {
	readonly onSelect: (point: number) => void;
	readonly onMove: (point: number, x: number, y: number) => void;
	readonly onAdd: (x: number, y: number) => void;
}

/** Which inputs the axes of the stage are; null if points of this program cannot be drawn in a plane. */
export function axesOf(
	experiment: Experiment,
): { readonly x: Axis; readonly y: Axis | null } | null {
	const inputs = experiment.dataInputs;
	const widths = inputs.map((i) => experiment.data(i.name)[0]?.length ?? 0);
	const axis = (n: number, at: number) =>
		axisOf(experiment, inputs[n] as ProgramInput, at);
	if (inputs.some(({ type }) => type === "simplex" || type === "onehot"))
		return null;
	if (inputs.length === 1 && widths[0] === 1) return { x: axis(0, 0), y: null };
	if (inputs.length === 1 && widths[0] === 2)
		return { x: axis(0, 0), y: axis(0, 1) };
	if (inputs.length !== 2 || widths.some((w) => w !== 1)) return null;
	// What is observed goes upward.
	const across = inputs[0]?.observed ? 1 : 0;
	return { x: axis(across, 0), y: axis(1 - across, 0) };
}

function axisOf(experiment: Experiment, input: ProgramInput, at: number): Axis {
	const { lower, upper } = input.range;
	const values = experiment.data(input.name).map((row) => row[at] ?? 0);
	const high = upper ?? Math.max(...values) * 1.25;
	if (lower !== null) return { input, at, low: lower, high };
	const most = Math.max(6, ...values.map(Math.abs));
	return { input, at, low: -most, high: most };
}

/** The data as points that can be dragged, and what the algorithm has found in them. */
export class Stage {
	readonly element = svg("svg", {
		viewBox: `0 0 ${width} ${height}`,
		class: "stage",
		role: "img",
	});
	private readonly marks = svg("g", { class: "marks" });
	private readonly points = svg("g", { class: "points" });
	private dragged: number | null = null;
	private readonly x: Axis;
	private readonly y: Axis | null;

	constructor(
		private readonly experiment: Experiment,
		axes: NonNullable<ReturnType<typeof axesOf>>,
		private readonly events: StageEvents,
	) {
		this.x = axes.x;
		this.y = axes.y;
		const frame = { x: 1, y: 1, width: width - 2, height: height - 2 };
		this.element.append(
			svg("rect", { ...frame, rx: 8, class: "frame" }),
			this.marks,
			this.points,
		);
		this.element.addEventListener("pointerdown", (e) => this.take(e));
		this.element.addEventListener("pointermove", (e) => this.drag(e));
		for (const end of ["pointerup", "pointercancel"])
			this.element.addEventListener(end, () => {
				this.dragged = null;
			});
	}

	/** Draws the points, coloured by what they belong to, and a mark for each component. */
	draw(standing: Standing | null, selected: number): void {
		const count = this.experiment.count;
		const shares = sharesIn(standing, this.experiment);
		while (this.points.childElementCount < count)
			this.points.append(svg("circle", { r: 5 }));
		while (this.points.childElementCount > count)
			this.points.lastElementChild?.remove();
		for (const [n, circle] of [...this.points.children].entries()) {
			const [cx, cy] = this.placeOf(n);
			circle.setAttribute("cx", String(cx));
			circle.setAttribute("cy", String(cy));
			circle.setAttribute("fill", blend(shares(n)));
			circle.classList.toggle("selected", n === selected);
		}
		const [first = []] = [shares(0)];
		this.marks.replaceChildren(
			...Array.from(first).flatMap((_, k) => this.markOf(k, shares)),
		);
		const named = `${count} data points`;
		const found = first.length > 1 ? `, in ${first.length} components` : "";
		this.element.setAttribute("aria-label", named + found);
	}

	/** The coordinates of a point, as they stand in the data. */
	coordinates(point: number): readonly number[] {
		const value = ({ input, at }: Axis) =>
			this.experiment.data(input.name)[point]?.[at] ?? 0;
		return this.y ? [value(this.x), value(this.y)] : [value(this.x)];
	}

	/** Changes the coordinates of a point in the data, as far as values may go there. */
	put(point: number, coordinates: readonly number[]): void {
		for (const [n, axis] of this.axes.entries()) {
			const value = coordinates[n];
			if (value === undefined || !Number.isFinite(value)) continue;
			const row = [...(this.experiment.data(axis.input.name)[point] ?? [])];
			row[axis.at] = within(value, axis.input.range);
			this.experiment.move(axis.input.name, point, row);
		}
	}

	get axes(): readonly Axis[] {
		return this.y ? [this.x, this.y] : [this.x];
	}

	private placeOf(n: number): readonly [number, number] {
		const [x = 0, y] = this.coordinates(n);
		// Points on a line, and whole numbers, are spread a little, so that equal ones are seen.
		const [aside, up] = [spreadOf(n * 0.618), spreadOf(n * 0.755)];
		const wide = (axis: Axis) => (axis.input.range.whole ? 24 : 0);
		return [
			across(this.x, x) + aside * (this.y ? wide(this.x) : 0),
			this.y && y !== undefined
				? upward(this.y, y) + up * wide(this.y)
				: height / 2 + aside * height * 0.5,
		];
	}

	private markOf(
		k: number,
		shares: (n: number) => ArrayLike<number>,
	): readonly Element[] {
		const places = Array.from({ length: this.experiment.count }, (_, n) =>
			this.placeOf(n),
		);
		const moments = momentsOf(
			places.map(([x]) => x),
			places.map(([, y]) => y),
			(n) => shares(n)[k] ?? 0,
		);
		if (!(moments.weight > 1.5)) return [];
		const stroke = componentColour(k);
		const [x, y] = moments.mean;
		const cross = `M${x - 7} ${y}h14M${x} ${y - 7}v14`;
		if (!this.y) {
			const spread = Math.sqrt(moments.covariance[0]);
			const line = `M${x} 20V${height - 20}M${x - spread} ${height - 26}h${2 * spread}`;
			return [svg("path", { d: line, stroke, class: "mark" })];
		}
		const outline = ellipse(moments).map((p) => p.join(" "));
		return [
			svg("path", { d: `M${outline.join("L")}`, stroke, class: "mark" }),
			svg("path", { d: cross, stroke, class: "mark" }),
		];
	}

	private take(event: PointerEvent): void {
		const n = [...this.points.children].indexOf(event.target as Element);
		const at = this.eventPlace(event);
		if (n < 0) this.events.onAdd(...at);
		this.dragged = n < 0 ? this.experiment.count - 1 : n;
		this.events.onSelect(this.dragged);
		this.element.setPointerCapture(event.pointerId);
		event.preventDefault();
	}

	private drag(event: PointerEvent): void {
		if (this.dragged === null) return;
		this.events.onMove(this.dragged, ...this.eventPlace(event));
	}

	/** Where in the data's coordinates the pointer is. */
	private eventPlace(event: PointerEvent): [number, number] {
		const box = this.element.getBoundingClientRect();
		const x = ((event.clientX - box.left) / box.width) * width;
		const y = ((event.clientY - box.top) / box.height) * height;
		const part = (x - border) / (width - 2 * border);
		const up = (height - border - y) / (height - 2 * border);
		return [along(this.x, part), this.y ? along(this.y, up) : 0];
	}
}

/** From −½ to ½, for numbers that go round. */
function spreadOf(turns: number): number {
	return (turns % 1) - 0.5;
}

function across({ low, high }: Axis, value: number): number {
	return border + ((value - low) / (high - low)) * (width - 2 * border);
}

function upward({ low, high }: Axis, value: number): number {
	return (
		height - border - ((value - low) / (high - low)) * (height - 2 * border)
	);
}

function along({ low, high }: Axis, part: number): number {
	return low + Math.min(Math.max(part, 0), 1) * (high - low);
}

/** How much of each point belongs to each component; all of it to one where the model has none. */
function sharesIn(
	standing: Standing | null,
	{ program, count }: Experiment,
): (n: number) => ArrayLike<number> {
	const responsibilities = program.parameters.find(
		({ type, local, dims }) => type === "simplex" && local && dims.length === 2,
	);
	const tensor: Tensor | undefined =
		standing?.parameters[responsibilities?.name ?? ""];
	const components = tensor?.shape[1] ?? 1;
	if (!tensor || tensor.shape[0] !== count) return () => [1];
	const { data } = tensor;
	return (n) =>
		Array.from(
			{ length: components },
			(_, k) => data[n * components + k] as number,
		);
}
