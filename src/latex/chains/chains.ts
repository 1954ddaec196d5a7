import { Problem } from "../../problem.js";
import type { Reading } from "../grammar/reader.js";
import type { Chain, Link, ReachingSum } from "../surface.js";
import { firstUnreadable, spanOf } from "../tokens/token.js";
import type { Draft, DraftSide, Remark } from "./draft.js";
import { collectFree } from "./free.js";
import { functionAtHead } from "./functionHead.js";
import { readRelation } from "./relations.js";
import { readSide } from "./side.js";
import { withVariablesUnder } from "./underRelation.js";

/**
 * Reads the sides of a draft. A side that cannot be read is reported; the chain ends before it, `broken`, and what stands
 * behind it is a chain of its own.
 */
export function chainsOf(
	written: Draft,
	reading: Reading,
	report: (problem: Problem) => void,
): Chain[] {
	const draft = withVariablesUnder(written, reading);
	const defined = functionAtHead(draft, reading.lexicon);
	if (defined) reading.functions.add(defined);
	const remarks = [...draft.remarks];
	const free = freeLetters(draft, reading);
	const runs: Run[] = [{ links: [], broken: false }];
	for (const side of draft.sides) {
		const run = runs[runs.length - 1] as Run;
		const linked =
			run.links.length > 0 || (runs.length === 1 && draft.continues);
		try {
			run.links.push(readLink(side, { ...reading, free }, linked, remarks));
		} catch (error) {
			if (!(error instanceof Problem)) throw error;
			report(error);
			run.broken = true;
			runs.push({ links: [], broken: false });
		}
	}
	return runs
		.filter((run, i) => i === 0 || run.links.length > 0 || run.broken)
		.map((run, i) => chainOf(draft, run, i === 0, remarks));
}

/** Letters that stand free in some side, so that no sum of any side reaches on for their sake. */
function freeLetters(draft: Draft, reading: Reading): ReadonlySet<string> {
	const wholes = draft.ranges.filter((range) => range.from === undefined);
	const free = new Set(wholes.map((range) => range.index));
	for (const side of draft.sides)
		try {
			const link = readLink(side, { ...reading, notes: [], free }, true, []);
			collectFree(link.side, free);
		} catch (error) {
			if (!(error instanceof Problem)) throw error;
		}
	return free;
}

/** Links that could be read one after the other. */
interface Run {
	readonly links: Link[];
	broken: boolean;
}

function chainOf(
	draft: Draft,
	run: Run,
	isFirst: boolean,
	remarks: readonly Remark[],
): Chain {
	const {
		ranges,
		distinct,
		withRespectTo,
		continues,
		introduces,
		beside,
		role,
	} = draft;
	return {
		links: run.links,
		continues: isFirst && continues,
		remarks: isFirst ? remarks : [],
		ranges,
		distinct,
		withRespectTo,
		labels: [],
		...(introduces ? { introduces } : {}),
		...(beside ? { beside } : {}),
		...(role && isFirst && !run.broken ? { role } : {}),
		...(run.broken ? { broken: true } : {}),
	};
}

/** @throws Problem if the side, or the relation before it, cannot be read. */
function readLink(
	{ relation: sign, tokens }: DraftSide,
	reading: Reading,
	linked: boolean,
	remarks: Remark[],
): Link {
	const hidden = firstUnreadable(sign ? [sign] : []);
	if (hidden) throw new Problem(hidden.message, hidden.span, hidden.expected);
	const relation = sign && readRelation(sign, reading.source);
	const place = sign?.span ?? { start: 0, end: 0 };
	const sums: ReachingSum[] = [];
	const side = readSide(tokens, { ...reading, reaching: sums }, place);
	if (sign && relation?.remark)
		remarks.push({ text: relation.remark, span: sign.span });
	const visible = tokens.filter(
		(t) => t.kind !== "space" && t.kind !== "punctuation",
	);
	const written = reading.source.slice(place.start, place.end);
	return {
		relation:
			linked && relation ? { kind: relation.kind, span: place, written } : null,
		side,
		...(sums.length > 0
			? {
					reaching: {
						sums,
						narrow: readSide(tokens, { ...reading, notes: [] }, place),
					},
				}
			: {}),
		span: spanOf(visible, place),
	};
}
