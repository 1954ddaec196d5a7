import type { Repair } from "../../check/result.js";
import { lexiconOf } from "../../elaborate/context.js";
import type { Context } from "../../expr/context.js";
import type { Macros } from "../../latex/katex.js";
import { readDisplay } from "../../latex/read.js";
import type { Chain, Link } from "../../latex/surface.js";
import type { FormulaMark } from "../formula/marks.js";
import { differences } from "./compare.js";
import { partOf } from "./part.js";

/** A formula with more sides than this in one display is not compared. */
const mostSides = 400;

/** Compares what a display says with what would be right. */
export class Comparer {
	private readonly source: string;
	private readonly links: readonly Link[];
	private readonly chains: readonly Chain[];
	private readonly context: Context;
	private readonly macros: Macros;

	constructor(source: string, context: Context, macros: Macros) {
		this.source = source;
		this.context = context;
		this.macros = macros;
		this.chains = this.read(source);
		this.links = this.chains.flatMap((chain) => chain.links);
	}

	/**
	 * What differs between the side that begins at an offset and its repair: in the display, and in the repair. Nothing
	 * where one of them cannot be read, or all of it differs.
	 */
	withRepair(
		offset: number,
		{ latex, replaces }: Repair,
	): {
		readonly written: readonly FormulaMark[];
		readonly repaired: readonly FormulaMark[];
	} {
		const link = this.linkAt(offset);
		const right = this.sideOf(latex);
		if (link === null || right === null) return { written: [], repaired: [] };
		const [own, its] = [partOf(link.side), partOf(right.side)];
		const read = replaces === undefined ? null : this.sideOf(replaces);
		const asRead = read === null ? own : partOf(read.side);
		const spelling = differences(own, asRead, "differs", this.source);
		const marks = differences(own, its, "differs", this.source).filter(
			(mark) => read === null || !spelling.some((other) => same(mark, other)),
		);
		const changed = differences(its, asRead, "changed", latex);
		return {
			written: [...relationMark(link, right), ...telling(marks, own)],
			repaired: telling(changed, its).filter(isChange),
		};
	}

	/** The last side of a formula, which is all of it where it has no relation. */
	private sideOf(latex: string): Link | null {
		return this.read(latex)[0]?.links.at(-1) ?? null;
	}

	/** What a row changed of the side before it, where it is not known what would be right. */
	fromBefore(offset: number): readonly FormulaMark[] {
		const link = this.linkAt(offset);
		if (link === null) return [];
		const chain = this.chains.find(({ links }) => links.includes(link));
		const before = chain?.links[chain.links.indexOf(link) - 1];
		if (before === undefined) return [];
		const own = partOf(link.side);
		const marks = differences(own, partOf(before.side), "changed", this.source);
		return telling(marks, own).filter(isChange);
	}

	/** The first side behind an offset that has a relation before it. */
	private linkAt(offset: number): Link | null {
		const found = this.links.find(
			({ relation, span }) => relation !== null && span.end > offset,
		);
		return found ?? null;
	}

	private read(source: string): readonly Chain[] {
		const { chains } = readDisplay(source, {
			lexicon: lexiconOf(this.context),
			macros: { ...this.macros },
		});
		const sides = chains.reduce((sum, chain) => sum + chain.links.length, 0);
		return sides > mostSides ? [] : chains;
	}
}

function isChange(mark: FormulaMark): boolean {
	return mark.kind === "changed";
}

function same(a: FormulaMark, b: FormulaMark): boolean {
	return a.start === b.start && a.end === b.end;
}

/** The relation itself, where the repair has another one. */
function relationMark(link: Link, right: Link): readonly FormulaMark[] {
	if (link.relation === null || right.relation === null) return [];
	if (link.relation.kind === right.relation.kind) return [];
	return [{ kind: "differs", ...link.relation.span }];
}

/** No marks where they would cover all of a long formula: that says nothing. */
function telling(
	marks: readonly FormulaMark[],
	{ span }: { readonly span: { readonly start: number; readonly end: number } },
): readonly FormulaMark[] {
	const covered = marks.reduce((sum, { start, end }) => sum + end - start, 0);
	const whole = span.end - span.start;
	return whole > 24 && covered > 0.7 * whole ? [] : marks;
}
