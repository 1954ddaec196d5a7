import { inside, valuesOf } from "../../rows.js";
import { freeIndices, parts, type Scalar } from "../../scalar.js";
import type { Statement } from "../../statement.js";

/** What keeps a loop from becoming an axis: turns that depend on each other, or on which of them it is. */

/** Whether the range of a loop inside depends on an index. */
export function rangesMention(
	body: readonly Statement[],
	index: string,
): boolean {
	return body.some(
		(s) =>
			(s.kind === "loop" &&
				valuesOf(s).some((v) => freeIndices(v).has(index))) ||
			rangesMention(inside(s), index),
	);
}

/** Whether a turn of a loop may read what another one has written. */
export function isCarried(body: readonly Statement[], index: string): boolean {
	const written = new Map<string, number>();
	const note = (statements: readonly Statement[]): void => {
		for (const s of statements) {
			if (s.kind === "store" || s.kind === "normalise") {
				const place = s.at.findIndex(
					(a) => a.kind === "index" && a.name === index,
				);
				written.set(s.array, place);
			}
			note(inside(s));
		}
	};
	note(body);
	const readsElsewhere = (value: Scalar): boolean => {
		if (value.kind === "read") {
			const place = written.get(value.array);
			const at = place === undefined ? undefined : value.at[place];
			const isOwn = at?.kind === "index" && at.name === index;
			if (place !== undefined && place >= 0 && !isOwn) return true;
		}
		return parts(value).some(readsElsewhere);
	};
	const visit = (statements: readonly Statement[]): boolean =>
		statements.some(
			(s) => valuesOf(s).some(readsElsewhere) || visit(inside(s)),
		);
	return visit(body);
}
