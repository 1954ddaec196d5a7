import type {
	ChainReading,
	CompareStep,
	ImpliedStep,
	ReadSide,
	ReadStep,
} from "../elaborate/chain.js";
import { emptyState, knownNames } from "../elaborate/context.js";
import { introducing, readFirst } from "../elaborate/definitionOrder.js";
import { readFamily } from "../elaborate/family.js";
import { alsoConcluded, assumptionOf } from "../elaborate/implication.js";
import { readModel } from "../elaborate/model.js";
import { notesOnReaches } from "../elaborate/reach.js";
import type { State } from "../elaborate/state.js";
import { namedBy } from "../expr/walk.js";
import type { Chain, DisplayReading } from "../latex/surface.js";
import { Problem, type Span } from "../problem.js";
import type { Display, InlineFormula, Sheet } from "../sheet/sheet.js";
import { Mistakes } from "./carried.js";
import { unreadStep } from "./checkedStep.js";
import type { Condition } from "./condition.js";
import { Declarations } from "./declared.js";
import { DeclaringBlock } from "./declaringBlock.js";
import type { Hints } from "./hints.js";
import { checkImplied } from "./implication.js";
import type { Memory } from "./memory.js";
import { Namers } from "./namers.js";
import { placeOf } from "./place.js";
import { elaborate, parse } from "./reading.js";
import type {
	CheckedStep,
	CheckedUpdate,
	Place,
	SheetMessage,
	Solvable,
} from "./result.js";
import { seedOfChain } from "./seed.js";
import { checkCompare, type Observe } from "./step.js";
import { UpdateList } from "./updates.js";

/** Called before each step with its line and the steps so far. */
export type Before = (
	line: number,
	soFar: readonly CheckedStep[],
) => Promise<void>;

export interface HowToWalk {
	readonly seed: string;
	readonly hints: Hints;
	readonly observe: Observe;
	readonly memory: Memory;
	readonly before: Before;
}

/** Walks a sheet from top to bottom: what is declared, defined or set to zero above is in force below. */
export class Walk {
	state: State = emptyState();
	readonly declared = new Declarations();
	readonly steps: CheckedStep[] = [];
	readonly messages: SheetMessage[] = [];
	private readonly claims: UpdateList;
	private readonly mistakes = new Mistakes();
	/** The formulas so far that define macros. */
	private defining: readonly string[] = [];
	/** The last side of the chain before, for a display that begins with a relation. */
	private previous: ReadSide | null = null;
	/** The model or family block that is being read. */
	private block: DeclaringBlock | null = null;
	private conditions: Condition[] = [];
	private passage: unknown = null;
	private notChecked = 0;
	private readonly namers = new Namers();
	/** Names what is read of the formula at hand. */
	private namer = this.namers.of("");

	constructor(private readonly how: HowToWalk) {
		this.claims = new UpdateList(how.hints, how.memory);
	}

	get updates(): readonly CheckedUpdate[] {
		return this.claims.checked;
	}

	/** Reads and checks one display. */
	async display(display: Display): Promise<void> {
		if (display.role === "aside") {
			this.notChecked += 1;
			return;
		}
		const { role, div } = display;
		const declares = role === "model" || role === "family";
		if (!declares || role !== this.block?.role || div !== this.block.div)
			this.declare();
		this.enter(div);
		const reading = await this.parse(display);
		for (const p of reading.problems)
			this.unread(display, p.span, p.message, p.expected);
		const onReaches = declares ? notesOnReaches(reading.chains) : [];
		for (const note of [...reading.notes, ...onReaches])
			this.note(display, note.text, note.span);
		this.namer = this.namers.of(display.source);
		if (declares) {
			this.block ??= new DeclaringBlock(role, div);
			this.block.add(display, reading);
		} else if (display.role === "updates")
			this.collectUpdates(display, reading);
		else await this.chains(display, reading.chains);
	}

	/** Checks the updates, against everything that the sheet has said, and says what was left unchecked. */
	async finish(sheet: Sheet): Promise<void> {
		this.declare();
		for (const inline of sheet.inlines)
			if (inline.role === "updates") await this.collectInline(inline);
		const { context } = this.state;
		await this.claims.check(context, this.how.seed, this.mistakes, (line) =>
			this.how.before(line, this.steps),
		);
		const inlineRelations = sheet.inlines.filter(
			(f) =>
				f.role !== "updates" && /[=<>]|\\(le|ge|propto|sim)\b/.test(f.source),
		);
		const parts = [
			inlineRelations.length > 0
				? `${inlineRelations.length} inline relations`
				: "",
			this.notChecked > 0 ? `${this.notChecked} displays in asides` : "",
		].filter(Boolean);
		if (parts.length > 0)
			this.message("info", `not checked: ${parts.join(" and ")}`, {
				line: 1,
				column: 1,
				endLine: 1,
			});
	}

	solvable(sheet: Sheet, hash: string): Solvable | null {
		return this.claims.solvable(this.state, {
			title: sheet.title,
			path: sheet.path,
			hash,
		});
	}

	/** Conditions and continued chains end with the passage. */
	private enter(passage: unknown): void {
		if (passage === this.passage) return;
		this.passage = passage;
		this.conditions = [];
		this.previous = null;
	}

	private async parse({
		source,
		notation,
	}: Pick<Display, "source" | "notation">): Promise<DisplayReading> {
		const names = knownNames(this.state);
		const { reread } = this.how.memory;
		const { reading, definesMacros } = await reread(
			parse,
			source,
			notation,
			names,
			this.defining,
		);
		if (definesMacros) this.defining = [...this.defining, source];
		return reading;
	}

	/** Reads the block of which all displays are there. One of which a row could not be read is not read in part. */
	private declare(): void {
		const { block } = this;
		if (!block) return;
		this.block = null;
		const { role } = block;
		if (block.hasProblems) {
			this.leaveUnread(role);
			return;
		}
		try {
			const before = this.state.notes.length;
			const readBlock = role === "model" ? readModel : readFamily;
			const lineAt = (span: Span) => {
				const place = block.at(span);
				return this.declared.at(placeOf(place.display, place.span).line);
			};
			this.state = namedBy(this.namer, () =>
				readBlock(block.chains, this.state, lineAt),
			);
			for (const { text, span } of this.state.notes.slice(before)) {
				const place = block.at(span);
				this.note(place.display, text, place.span);
			}
		} catch (error) {
			if (!(error instanceof Problem)) throw error;
			const place = block.at(error.span);
			this.unread(place.display, place.span, error.message, error.expected);
			this.leaveUnread(role);
		}
	}

	private leaveUnread(role: "model" | "family"): void {
		const unreadBlocks = [...this.state.unreadBlocks, role];
		this.state = { ...this.state, unreadBlocks };
	}

	/** Definitions of names that stand left of them are read first, and shown in their place. */
	private async chains(
		display: Display,
		written: readonly Chain[],
	): Promise<void> {
		const chains = introducing(written, this.state, display).map((chain) => ({
			...chain,
			introduces: chain.introduces === true || display.introduces,
		}));
		const ahead = new Map<Chain, ChainReading>();
		for (const chain of readFirst(chains)) ahead.set(chain, this.read(chain));
		let premises: CompareStep[] = [];
		let implied: ImpliedStep | null = null;
		for (const chain of chains) {
			const reading = ahead.get(chain) ?? this.read(chain, premises);
			const assumed = chain.role === "premise" && assumptionOf(reading.steps);
			if (assumed) {
				premises.push(assumed);
				continue;
			}
			const from = this.steps.length;
			const seed = seedOfChain(this.how.seed, reading.steps);
			for (const read of reading.steps) {
				const step: ReadStep =
					chain.role === "conclusion" ? alsoConcluded(read, implied) : read;
				await this.step(display, step, seed);
				if (step.kind === "implies" || step.kind === "iff") implied = step;
			}
			if (chain.role !== "conclusion") premises = [];
			this.forgetMaximiser(reading.steps, this.steps.slice(from));
			if (!chain.beside) this.previous = reading.last;
		}
	}

	/** A name for an argmax stands for its value only where no step of the chain that gives the value fails. */
	private forgetMaximiser(
		steps: readonly ReadStep[],
		checked: readonly CheckedStep[],
	): void {
		const named = steps.find(
			(s) => s.kind === "compare" && s.defines !== null && s.right.extremum,
		) as CompareStep | undefined;
		const fails = checked.some(
			({ verdict }) => verdict === "refuted" || verdict === "unread",
		);
		if (!named?.defines || !fails) return;
		const definitions = new Map(this.state.definitions);
		definitions.delete(named.defines);
		const forgotten = [...this.state.forgotten, named.defines];
		this.state = { ...this.state, definitions, forgotten };
	}

	private read(
		chain: Chain,
		beside: readonly CompareStep[] = [],
	): ChainReading {
		const previous = chain.continues ? this.previous : null;
		const reading = this.elaborate(chain, previous, beside);
		this.state = reading.state;
		return reading;
	}

	private elaborate(
		chain: Chain,
		previous: ReadSide | null,
		beside: readonly CompareStep[] = [],
	): ChainReading {
		const { reread } = this.how.memory;
		const { prefix, made } = this.namer;
		const before = { prefix, made };
		const read = reread(elaborate, before, chain, this.state, previous, beside);
		this.namer.made = read.made;
		return read.reading;
	}

	private async step(
		display: Display,
		step: ReadStep,
		seed: string,
	): Promise<void> {
		const place = placeOf(display, step.span);
		if (step.kind === "problem") {
			this.unread(display, step.span, step.message, step.expected);
			return;
		}
		await this.how.before(place.line, this.steps);
		const shared = {
			...this.how,
			...this.how.memory,
			seed,
			display,
			place,
			conditions: this.conditions,
			claims: this.claims,
			mistakes: this.mistakes,
		};
		if (step.kind === "compare") {
			const { checked, condition } = await checkCompare(
				step as CompareStep,
				this.state.context,
				shared,
			);
			this.steps.push(checked);
			if (condition) this.conditions.push(condition);
		} else
			this.steps.push(
				await checkImplied(step as ImpliedStep, this.state.context, shared),
			);
	}

	private collectUpdates(display: Display, reading: DisplayReading): void {
		for (const chain of reading.chains) {
			this.claims.add(display, this.elaborate(chain, null));
		}
	}

	private async collectInline(inline: InlineFormula): Promise<void> {
		this.namer = this.namers.of(inline.source);
		const { source } = inline;
		const reading = await this.parse({ source, notation: "latex" });
		for (const chain of reading.chains)
			if (chain.links.length > 1)
				this.claims.add(
					{ ...inline, notation: "latex" },
					this.elaborate(chain, null),
				);
	}

	private unread(
		display: Display,
		span: Span | null,
		message: string,
		expected: string | null,
	): void {
		const place = placeOf(display, span);
		this.steps.push(unreadStep(display, place, span, message, expected));
		this.messages.push({ level: "error", text: message, expected, ...place });
	}

	private note(display: Display, text: string, span: Span | null): void {
		this.message("info", text, placeOf(display, span));
	}

	private message(
		level: SheetMessage["level"],
		text: string,
		place: Place,
	): void {
		this.messages.push({ level, text, expected: null, ...place });
	}
}
