import { NoNormalForm } from "../algebra/index.js";
import type { ChainReading, CompareStep } from "../elaborate/chain.js";
import type { State } from "../elaborate/state.js";
import type { Context } from "../expr/context.js";
import type { Factor } from "../expr/tree.js";
import { Problem } from "../problem.js";
import type { Display } from "../sheet/sheet.js";
import { assignmentOf, statedStep } from "./assignment.js";
import { carriedFrom, type Mistakes } from "./carried.js";
import { sourceOfUpdate } from "./carriedUpdate.js";
import {
	type Assignment,
	type Certificate,
	certifyFactor,
	factorOfParameter,
	holds,
	parametersOf,
} from "./certify.js";
import { suggestUpdate } from "./closedForm.js";
import {
	closedFormOfMissing,
	issue,
	noUpdateFor,
	ownCertificate,
	unreadUpdate,
	withoutCompanions,
} from "./companions.js";
import { type Hints, hintsOf } from "./hints.js";
import type { Memory, Recall } from "./memory.js";
import { optimalAlone } from "./oneParameter.js";
import { atOwnOptimum } from "./ownOptimum.js";
import { placeOf, regionOf } from "./place.js";
import type {
	CheckedUpdate,
	Place,
	Region,
	Repair,
	Solvable,
	Update,
} from "./result.js";
import { seedOfUpdates } from "./seed.js";
import { counterexample } from "./shown.js";
import { elboTerms } from "./solvable.js";
import { isStationary } from "./stationary.js";
import type { StatedUpdate } from "./updateRepair.js";
import { written, writtenSpan } from "./written.js";

interface Stated extends StatedUpdate {
	readonly written: string;
	readonly place: Place;
	/** The whole equation; null in another notation than LaTeX. */
	readonly region: Region | null;
}

type Located = Pick<
	Display,
	"source" | "notation" | "placeAt" | "line" | "column" | "endLine"
>;

/** The updates that a sheet states, certified factor by factor. */
export class UpdateList {
	readonly checked: CheckedUpdate[] = [];

	constructor(
		private readonly hints: Hints,
		private readonly memory: Memory,
	) {}

	private get recall(): Recall {
		return this.memory.recall;
	}

	private readonly stated: Stated[] = [];
	private readonly certificates = new Map<string, Certificate>();
	private readonly issued = new Map<Assignment, Certificate>();

	/** Takes what an `updates` passage states; the first link of each chain names the parameter. */
	add(display: Located, reading: ChainReading): void {
		for (const step of reading.steps) {
			const place = placeOf(display, step.span);
			if (step.kind === "problem") {
				this.checked.push(unreadUpdate(place, step.message, step.expected));
				continue;
			}
			if (step.kind !== "compare") continue;
			if (step.left.extremum || step.right.extremum) {
				const message = "an argmax is no closed form";
				this.checked.push(unreadUpdate(place, message, "m_k = …"));
				continue;
			}
			const assignment = assignmentOf(step);
			const text = written(step.left, display.source);
			if (assignment)
				this.stated.push({
					assignment,
					step: statedStep(step),
					written: text,
					place,
					region: regionOfEquation(step, display),
				});
			else
				this.checked.push(
					unreadUpdate(
						place,
						"no variational parameter stands on the left",
						"an update such as m_k = …",
					),
				);
		}
	}

	/** Certifies every update against the model itself, those of one factor together. */
	async check(
		context: Context,
		seed: string,
		mistakes: Mistakes,
		before: (line: number) => Promise<void>,
	): Promise<void> {
		for (const stated of this.stated) {
			await before(stated.place.line);
			const factor = factorOfParameter(context, stated.assignment.target.name);
			if (!factor) {
				this.checked.push(
					unreadUpdate(
						stated.place,
						`${stated.written} is no parameter of the family`,
						"a parameter of q",
					),
				);
				continue;
			}
			const checked = await this.checkOne(context, factor, stated, seed);
			const line =
				checked.verdict === "refuted"
					? await sourceOfUpdate(
							stated.step,
							context,
							factor,
							this.assignmentsOf(context, factor),
							mistakes,
							seed,
							this.memory.search,
						)
					: null;
			this.checked.push(line === null ? checked : blaming(checked, line));
		}
		this.checked.sort((a, b) => a.line - b.line || a.column - b.column);
	}

	private async checkOne(
		context: Context,
		factor: Factor,
		stated: Stated,
		base: string,
	): Promise<CheckedUpdate> {
		try {
			const own = this.assignmentsOf(context, factor);
			const seed = seedOfUpdates(base, own);
			const missing = parametersOf(context, factor).filter(
				(name) => !own.some((a) => a.target.name === name),
			);
			const joint =
				missing.length > 0
					? null
					: await this.certificate(context, factor, own, seed);
			const alone =
				joint?.decision.verdict === "proved"
					? null
					: await this.certifiedAlone(context, factor, own, stated, seed);
			const certificate =
				alone && holds(alone.decision) ? alone : (joint ?? alone);
			if (!certificate)
				return await withoutCompanions(
					context,
					factor,
					stated.place,
					missing,
					own,
					seed,
					this.memory.search,
				);
			this.issued.set(stated.assignment, certificate);
			const update = await this.verdictOf(
				context,
				factor,
				stated,
				certificate,
				seed,
			);
			if (missing.length === 0) return update;
			const closed = await this.memory.search(
				closedFormOfMissing,
				context,
				factor,
				missing,
				own,
				seed,
			);
			const needed = noUpdateFor(missing);
			const note = closed ? `${needed}: ${closed.latex}` : needed;
			return {
				...update,
				note: update.note ? `${update.note}; ${note}` : note,
			};
		} catch (error) {
			if (!(error instanceof Problem)) throw error;
			return unreadUpdate(stated.place, error.message, error.expected);
		}
	}

	/** The certificate of one parameter whatever the others of its factor are; null if it has none. */
	private async certifiedAlone(
		context: Context,
		factor: Factor,
		own: readonly Assignment[],
		{ assignment, written: name }: Stated,
		seed: string,
	): Promise<Certificate | null> {
		const { recall } = this;
		if (recall(isStationary, context, factor, own, assignment, seed))
			return issue(
				"proved",
				`restricted: ${name} is the only stationary point of the bound along this parameter, and a maximum`,
			);
		const verdict = await recall(
			optimalAlone,
			context,
			factor,
			assignment,
			seed,
		);
		if (verdict !== null)
			return issue(
				verdict,
				verdict === "proved"
					? `exact in this parameter: ${name} is that of the coordinate optimum, whatever its companion`
					: `${name} agrees with that of the coordinate optimum in every world, whatever its companion`,
			);
		const decision = await recall(
			atOwnOptimum,
			context,
			factor,
			assignment,
			seed,
		);
		return decision && ownCertificate(name, decision);
	}

	private async verdictOf(
		context: Context,
		factor: Factor,
		stated: Stated,
		{ decision, text }: Certificate,
		seed: string,
	): Promise<CheckedUpdate> {
		const { written, place, region } = stated;
		const repair =
			decision.verdict === "refuted" && this.hints !== "where"
				? await this.repaired(context, factor, stated, seed)
				: null;
		const notes = [
			decision.note,
			...hintsOf(decision, repair, this.hints),
		].filter(Boolean);
		return {
			target: written,
			...place,
			verdict: decision.verdict,
			certificate: text,
			counterexample: decision.failure
				? counterexample(decision.failure)
				: null,
			repair:
				repair && this.hints === "repair"
					? { ...repair, ...(region && { region }) }
					: null,
			note: notes.length > 0 ? notes.join("; ") : null,
		};
	}

	/** The smallest edit that makes a refuted update hold, or else the closed form that does. */
	private async repaired(
		context: Context,
		factor: Factor,
		stated: Stated,
		seed: string,
	): Promise<Repair | null> {
		const own = this.assignmentsOf(context, factor);
		const { asUpdate, repairOfUpdate } = await import("./updateRepair.js");
		const { search } = this.memory;
		const { assignment, step } = stated;
		const wrong = { assignment, step };
		const edit = await search(
			repairOfUpdate,
			context,
			factor,
			own,
			wrong,
			seed,
		);
		if (edit) return asUpdate(edit, step);
		return search(suggestUpdate, context, factor, own, assignment.target, seed);
	}

	private async certificate(
		context: Context,
		factor: Factor,
		own: readonly Assignment[],
		seed: string,
	): Promise<Certificate> {
		const known = this.certificates.get(factor.variable);
		if (known) return known;
		const made = await this.recall(certifyFactor, context, factor, own, seed);
		this.certificates.set(factor.variable, made);
		return made;
	}

	/** All that the sheet states of the parameters of a factor. */
	assignmentsOf(context: Context, factor: Factor): Assignment[] {
		const names = parametersOf(context, factor);
		return this.stated
			.map((s) => s.assignment)
			.filter((a) => names.includes(a.target.name));
	}

	/** What the compiler needs, if the sheet states updates and 𝓛 has a closed form. */
	solvable(
		state: State,
		about: { title: string; path: string; hash: string },
	): Solvable | null {
		if (
			this.stated.length === 0 ||
			!state.context.model ||
			!state.context.family
		)
			return null;
		try {
			const updates = this.stated.map((s) => this.update(s));
			return {
				...about,
				context: state.context,
				updates,
				elboTerms: this.recall(elboTerms, state.context),
			};
		} catch (error) {
			if (error instanceof NoNormalForm) return null;
			throw error;
		}
	}

	private update({ assignment }: Stated): Update {
		const certificate = this.issued.get(assignment);
		return {
			target: assignment.target,
			power: assignment.power === 2 ? 2 : 1,
			value: assignment.isLogWeights ? null : assignment.value,
			logWeights: assignment.isLogWeights ? assignment.value : null,
			certified: certificate?.decision.verdict === "proved",
			certificate: certificate?.text ?? "not certified",
		};
	}
}

/** A refuted update that goes on faithfully from a refuted line. */
function blaming(update: CheckedUpdate, line: number): CheckedUpdate {
	const notes = [update.note, carriedFrom(line)].filter(Boolean);
	return { ...update, note: notes.join("; ") };
}

function regionOfEquation(step: CompareStep, display: Located): Region | null {
	const { source, notation } = display;
	if (notation === "plain") return null;
	const { start } = writtenSpan(step.left, source);
	const { end } = writtenSpan(step.right, source);
	return regionOf(display, { start, end });
}
