import type { Program, Standing, Tensor } from "../../program.js";
import { button, element } from "../dom.js";
import { BoundView } from "./bound.js";
import { type Control, Experiment } from "./experiment.js";
import { Numbers } from "./numbers.js";
import { Runner } from "./runner.js";
import { axesOf, Stage } from "./stage.js";
import { spoken } from "./words.js";

/** Sweeps until which a fit follows what is moved. */
const mostSweeps = 200;

/** Milliseconds between sweeps that are played. */
const pace = 350;

/**
 * The algorithm at work: data that can be moved and added to, sliders for what is known, the bound by sweep. Everything
 * shown is computed by the module that was compiled from the sheet.
 */
export class AlgorithmPanel {
	private readonly experiment: Experiment;
	private readonly runner: Runner;
	private readonly stage: Stage | null;
	private readonly bound = new BoundView();
	private readonly numbers: Numbers;
	private readonly found = element("dl", { class: "found" });
	private readonly message = element("p", {
		class: "message",
		role: "status",
	});
	private readonly play = button("Play", () => this.toggle());
	private standing: Standing | null = null;
	private selected = 0;
	private seed = 1;
	private isPlaying = false;

	constructor(
		private readonly parent: HTMLElement,
		program: Program,
	) {
		this.experiment = new Experiment(program);
		this.runner = new Runner(program, {
			onStanding: (standing) => this.take(standing),
			onFailed: (message) => this.fail(message),
		});
		const axes = axesOf(this.experiment);
		this.stage =
			axes &&
			new Stage(this.experiment, axes, {
				onSelect: (n) => this.select(n),
				onMove: (n, x, y) => this.move(n, [x, y]),
				onAdd: (x, y) => this.add([x, y]),
			});
		this.numbers = new Numbers(this.experiment, this.stage, {
			onSelect: (n) => this.select(n),
			onMove: (n, coordinates) => this.move(n, coordinates),
			onAdd: () => this.add(this.stage?.coordinates(this.selected) ?? []),
			onRemove: (n) => this.remove(n),
		});
		this.build();
		this.draw();
		this.follow();
	}

	/** Ends what runs. */
	close(): void {
		this.isPlaying = false;
		this.runner.stop();
		this.parent.replaceChildren();
	}

	private build(): void {
		const controls = this.experiment.controls.map((c) => this.slider(c));
		this.parent.replaceChildren(
			element(
				"div",
				{ class: "run" },
				this.play,
				button("Step", () => this.step()),
				button("To the end", () => this.follow()),
				button("Start anew", () => this.restart()),
				button("New data", () => this.redraw()),
			),
			this.message,
			element("div", { class: "sliders" }, ...controls),
			...(this.stage ? [this.stage.element] : []),
			this.numbers.element,
			...this.bound.parts,
			this.found,
		);
	}

	private slider(control: Control): Element {
		const { least, most, step, isLogarithmic, name } = control;
		const value = this.experiment.value(control);
		const shown = element("output", {}, numberText(value));
		const input = element("input", {
			type: "range",
			min: String(least),
			max: String(most),
			step: String(step),
		});
		input.value = String(isLogarithmic ? Math.log10(value) : value);
		input.oninput = () => {
			const at = Number(input.value);
			const next = isLogarithmic ? Number((10 ** at).toPrecision(3)) : at;
			shown.textContent = numberText(next);
			this.experiment.set(control, next);
			if (control.kind === "size") this.restart();
			else this.follow();
		};
		return element("label", {}, `${spoken(name)} `, input, shown);
	}

	private select(point: number): void {
		this.selected = point;
		this.draw();
	}

	private move(point: number, coordinates: readonly number[]): void {
		this.stage?.put(point, coordinates);
		this.follow();
	}

	private add(coordinates: readonly number[]): void {
		this.experiment.add(new Map());
		this.selected = this.experiment.count - 1;
		this.stage?.put(this.selected, coordinates);
		this.follow();
	}

	private remove(point: number): void {
		this.experiment.remove(point);
		this.selected = Math.min(point, this.experiment.count - 1);
		this.follow();
	}

	private redraw(): void {
		this.seed += 1;
		this.experiment.redraw(this.seed);
		this.selected = 0;
		this.standing = null;
		this.follow();
	}

	/** Begins from other starting values. */
	private restart(): void {
		this.seed += 1;
		this.standing = null;
		if (this.isPlaying) this.step();
		else this.follow();
	}

	/** Runs to the end, from the global parameters as they are, so that the fit follows what was moved. */
	private follow(): void {
		this.draw();
		this.pause();
		this.request({ init: this.globals(), resume: null }, mostSweeps);
	}

	/** One sweep on from where the algorithm stands. */
	private step(): void {
		const done = this.standing?.elbo.length ?? 0;
		this.request({ init: null, resume: this.standing }, done + 1);
	}

	private request(
		from: {
			readonly init: Readonly<Record<string, Tensor>> | null;
			readonly resume: Standing | null;
		},
		maxSweeps: number,
	): void {
		const { seed } = this;
		this.runner.run({
			inputs: this.experiment.inputs,
			...from,
			seed,
			maxSweeps,
		});
	}

	private toggle(): void {
		if (this.isPlaying) this.pause();
		else this.playOn();
	}

	/** Plays sweep by sweep, from the beginning where the end was reached. */
	private playOn(): void {
		this.isPlaying = true;
		this.play.textContent = "Pause";
		if (this.standing?.converged) {
			this.standing = null;
			this.seed += 1;
		}
		this.step();
	}

	private pause(): void {
		this.isPlaying = false;
		this.play.textContent = "Play";
	}

	private take(standing: Standing): void {
		this.standing = standing;
		this.message.textContent = standing.converged
			? `Converged after ${sweeps(standing)}.`
			: `After ${sweeps(standing)}.`;
		this.draw();
		if (!this.isPlaying) return;
		if (standing.converged || standing.elbo.length >= mostSweeps) this.pause();
		else setTimeout(() => this.isPlaying && this.step(), pace);
	}

	private fail(message: string): void {
		this.pause();
		this.standing = null;
		this.message.textContent = message;
		this.draw();
	}

	/** The parameters that belong to no single point; those of points follow from them. */
	private globals(): Readonly<Record<string, Tensor>> | null {
		const { standing } = this;
		const names = this.experiment.program.parameters.filter((p) => !p.local);
		if (!standing || names.length === 0) return null;
		return Object.fromEntries(
			names.map(({ name }) => [name, standing.parameters[name] as Tensor]),
		);
	}

	private draw(): void {
		this.stage?.draw(this.standing, this.selected);
		this.numbers.draw(this.selected);
		this.bound.draw(this.standing);
		const { parameters } = this.experiment.program;
		const shown = parameters.filter(({ local }) => !local);
		this.found.replaceChildren(
			...shown.flatMap(({ name }) => {
				const tensor = this.standing?.parameters[name];
				if (!tensor) return [];
				return [
					element("dt", {}, spoken(name)),
					element("dd", {}, tensorText(tensor)),
				];
			}),
		);
	}
}

function sweeps({ elbo }: Standing): string {
	return elbo.length === 1 ? "1 sweep" : `${elbo.length} sweeps`;
}

function numberText(value: number): string {
	return String(Number(value.toPrecision(4))).replace("-", "−");
}

/** Rows of a matrix one after the other; long ones are cut. */
function tensorText({ shape, data }: Tensor): string {
	const width = shape.at(-1) ?? 1;
	const numbers = Array.from(data, numberText).slice(0, 60);
	const more = data.length > numbers.length ? ", …" : "";
	if (shape.length < 2) return numbers.join(", ") + more;
	const rows: string[] = [];
	for (let n = 0; n < numbers.length; n += width)
		rows.push(`(${numbers.slice(n, n + width).join(", ")})`);
	return rows.join(", ") + more;
}
