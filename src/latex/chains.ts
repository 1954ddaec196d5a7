import { Problem, type Span } from "../problem.js";
import type { Draft, DraftSide } from "./drafts.js";
import { collectFree } from "./free.js";
import type { Reading } from "./reader.js";
import { readRelation } from "./relations.js";
import { readSide } from "./side.js";
import type { Chain, Link } from "./surface.js";
import { spanOf } from "./tokens.js";

type Report = (problem: Problem) => void;

/**
 * Reads the sides of a draft. A side that cannot be read is reported; the chain ends before it, `broken`, and what stands
 * behind it is a chain of its own.
 */
export function chainsOf(
	draft: Draft,
	reading: Reading,
	report: Report,
): Chain[] {
	const chains: Chain[] = [];
	const remarks = [...draft.remarks];
	const own = {
		...reading,
		free: new Set(draft.ranges.map((range) => range.index)) as Set<string>,
	};
	let links: Link[] = [];
	let continues = draft.continues;
	const close = (broken: boolean) => {
		if (links.length > 0 || broken || chains.length === 0)
			chains.push({
				...asides(draft),
				links,
				continues,
				remarks: [],
				labels: [],
				...(broken ? { broken } : {}),
			});
		links = [];
		continues = false;
	};
	for (const side of draft.sides) {
		try {
			links.push(readLink(side, own, links.length > 0 || continues, remarks));
		} catch (error) {
			if (!(error instanceof Problem)) throw error;
			report(error);
			close(true);
		}
	}
	if (links.length > 0) close(false);
	return chains.map((chain, i) => (i === 0 ? { ...chain, remarks } : chain));
}

function asides({ ranges, distinct, withRespectTo }: Draft) {
	return { ranges, distinct, withRespectTo };
}

/** @throws Problem if the side, or the relation before it, cannot be read. */
function readLink(
	side: DraftSide,
	reading: Reading & { free: Set<string> },
	linked: boolean,
	remarks: { text: string; span: Span }[],
): Link {
	const relation = side.relation && readRelation(side.relation, reading.source);
	const place = side.relation?.span ?? { start: 0, end: 0 };
	const surface = readSide(side.tokens, reading, place);
	collectFree(surface, reading.free);
	if (side.relation && relation?.remark)
		remarks.push({ text: relation.remark, span: side.relation.span });
	const { start, end } = place;
	return {
		relation:
			linked && relation
				? {
						kind: relation.kind,
						span: place,
						written: reading.source.slice(start, end),
					}
				: null,
		side: surface,
		span: spanOf(
			side.tokens.filter((t) => t.kind !== "space" && t.kind !== "punctuation"),
			place,
		),
	};
}
