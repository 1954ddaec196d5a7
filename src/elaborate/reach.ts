import type { Chain, ReachingSum } from "../latex/surface.js";
import type { Span } from "../problem.js";
import type { ChainReading, CompareStep, ReadStep } from "./reading.js";

/**
 * Reads a chain in which sums may reach past a + or −. A sum ends there; where a step has no meaning so, its index being
 * unbound, it is read with the sum reaching on, and says so. A step that has a meaning goes by that, and keeps the other.
 * @param read reads a chain by its links' `side`
 */
export function withReaches(
	chain: Chain,
	read: (chain: Chain) => ChainReading,
): ChainReading {
	const sums = chain.links.flatMap((l) => l.reaching?.sums ?? []);
	if (sums.length === 0) return read(chain);
	const narrow = read({
		...chain,
		links: chain.links.map((l) => ({
			...l,
			side: l.reaching?.narrow ?? l.side,
		})),
	});
	const wide = read(chain);
	if (narrow.steps.length !== wide.steps.length) return narrow;
	const steps = narrow.steps.map((step, n) =>
		either(step, wide.steps[n] as ReadStep, sums),
	);
	const isWide = steps.some((s, n) => s !== narrow.steps[n] && !hasReach(s));
	return { ...(isWide ? wide : narrow), steps };
}

function hasReach(step: ReadStep): boolean {
	return step.kind === "compare" && step.reaching !== undefined;
}

function either(
	narrow: ReadStep,
	wide: ReadStep,
	sums: readonly ReachingSum[],
): ReadStep {
	if (wide.kind === "problem") return narrow;
	if (narrow.kind === "problem") return reachingOn(wide, sums);
	if (narrow.kind !== "compare" || wide.kind !== "compare") return narrow;
	const own = sums.filter((s) => standsIn(s.span, narrow));
	return own.length > 0
		? { ...narrow, reaching: { step: reachingOn(wide, own), sums: own } }
		: narrow;
}

function standsIn({ start, end }: Span, step: CompareStep): boolean {
	return [step.left.span, step.right.span].some(
		(side) => side.start <= start && end <= side.end,
	);
}

/** A step that is read with its sums reaching on says so. */
function reachingOn<S extends Exclude<ReadStep, { kind: "problem" }>>(
	step: S,
	sums: readonly ReachingSum[],
): S {
	return { ...step, notes: [...step.notes, ...sums.map(readPast)] };
}

function readPast({ indices }: ReachingSum): string {
	return `the sum over ${indices.join(", ")} was read past a + or −, as its index would stand unbound there: set brackets`;
}

/** What a block states is read with its sums reaching on: it says these. */
export function notesOnReaches(
	chains: readonly Chain[],
): readonly { readonly text: string; readonly span: Span }[] {
	return chains
		.flatMap((c) => c.links)
		.flatMap((l) => l.reaching?.sums ?? [])
		.map((sum) => ({ text: readPast(sum), span: sum.span }));
}
