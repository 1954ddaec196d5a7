import { button, element } from "../dom.js";
import type { Experiment } from "./experiment.js";
import type { Stage } from "./stage.js";
import { spoken } from "./words.js";

export interface NumbersEvents {
	readonly onSelect: (point: number) => void;
	readonly onMove: (point: number, coordinates: readonly number[]) => void;
	readonly onAdd: () => void;
	readonly onRemove: (point: number) => void;
}

/** One point of the data as numbers that can be written over: what a mouse does on the stage, for the keyboard. */
export class Numbers {
	readonly element = element("div", { class: "numbers" });
	private readonly point = numberField("1");
	private readonly fields: readonly HTMLInputElement[];

	constructor(
		private readonly experiment: Experiment,
		private readonly stage: Stage | null,
		events: NumbersEvents,
	) {
		const axes = stage?.axes ?? [];
		const selected = () => Number(this.point.value) - 1;
		this.point.min = "1";
		this.point.oninput = () => {
			if (this.point.validity.valid && this.point.value !== "")
				events.onSelect(selected());
		};
		this.fields = axes.map(({ high, low, input }) => {
			const field = numberField("0");
			field.step = input.range.whole ? "1" : String(stepOf(high - low));
			field.oninput = () =>
				events.onMove(
					selected(),
					this.fields.map((f) => (f.value === "" ? Number.NaN : +f.value)),
				);
			return field;
		});
		const labels = axes.map(({ input, at }) => {
			const entry = axes.length > 1 && axes[0]?.input === axes[1]?.input;
			return entry
				? `${spoken(input.name)}, entry ${at + 1}`
				: spoken(input.name);
		});
		if (!stage) {
			const text =
				"These data have no picture; the algorithm runs on data drawn at random.";
			this.element.append(element("p", {}, text));
			return;
		}
		this.element.append(
			element("label", {}, "Point ", this.point),
			...this.fields.map((field, n) =>
				element("label", {}, `${labels[n]} `, field),
			),
			button("Add a point", events.onAdd),
			button("Remove it", () => events.onRemove(selected())),
		);
	}

	draw(selected: number): void {
		this.point.max = String(this.experiment.count);
		if (document.activeElement !== this.point)
			this.point.value = String(selected + 1);
		const coordinates = this.stage?.coordinates(selected) ?? [];
		for (const [n, field] of this.fields.entries())
			if (document.activeElement !== field)
				field.value = String(Number((coordinates[n] ?? 0).toPrecision(4)));
	}
}

function numberField(value: string): HTMLInputElement {
	return element("input", { type: "number", value });
}

/** A round step of about a hundredth of a range. */
function stepOf(range: number): number {
	return 10 ** Math.round(Math.log10(range / 100));
}
