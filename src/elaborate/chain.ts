import type { Chain, Surface } from "../latex/surface.js";
import { Problem } from "../problem.js";
import { readSides } from "./chainSides.js";
import { problemStep } from "./compareSides.js";
import { densityLetter, isDensityCall, isElboName } from "./densityName.js";
import { joinImplications } from "./implication.js";
import { type OpenedChain, openChain } from "./openedChain.js";
import { withReaches } from "./reach.js";
import type { Carry, ChainReading, CompareStep, ReadSide } from "./reading.js";
import { hasExtremum, segmentsOf } from "./segments.js";
import type { State } from "./state.js";
import { someSurface } from "./surfaceWalk.js";

/**
 * Reads a chain into steps. A side that cannot be read spoils the steps that touch it and no others.
 * @param previous what the display before handed on, for a chain that begins with a relation
 * @param beside equations that stand left of it in its line, premises of its arrows
 */
export function elaborateChain(
	chain: Chain,
	state: State,
	previous: ReadSide | null = null,
	beside: readonly CompareStep[] = [],
): ChainReading {
	if (chain.links.some((l) => l.relation?.kind === "in"))
		return { steps: [], state, last: null };
	return withReaches(chain, (c) => elaborateRead(c, state, previous, beside));
}

function elaborateRead(
	chain: Chain,
	state: State,
	previous: ReadSide | null,
	beside: readonly CompareStep[],
): ChainReading {
	try {
		return readChain(
			openChain(chain, state, chain.continues ? previous : null),
			beside,
		);
	} catch (problem) {
		if (!(problem instanceof Problem)) throw problem;
		const at = chain.links[0]?.span ?? { start: 0, end: 0 };
		return { steps: [problemStep(problem, at)], state, last: null };
	}
}

function readChain(
	opened: OpenedChain,
	beside: readonly CompareStep[],
): ChainReading {
	const { chain, passage, previous } = opened;
	const read = readSides(opened);
	const segments = segmentsOf(opened, read);
	const context = passage.context(chain.distinct);
	const last = read.sides.at(-1);
	const latents = passage.surfaces.some(speaksOfQ)
		? (passage.setting?.latents ?? [])
		: [];
	const carry: Carry = {
		head: opened.head,
		setting: passage.setting,
		ranges: context.ranges,
		steps: (segments.at(-1)?.steps ?? []).filter(
			(s) => s.kind === "compare" && !hasExtremum(s),
		) as readonly CompareStep[],
	};
	return {
		steps: joinImplications(
			segments,
			previous?.carry?.steps ?? [],
			context,
			beside,
		),
		state: {
			...passage.stateBehind(read.state),
			unnamedLatents: latents.length > 0 ? latents : read.state.unnamedLatents,
		},
		last:
			last && "side" in last && !chain.broken ? { ...last.side, carry } : null,
	};
}

/** Whether q is spoken of: a chain about p alone says nothing of what q is over. */
function speaksOfQ(surface: Surface): boolean {
	return someSurface(
		surface,
		(s) =>
			(s.kind === "name" && (densityLetter(s) === "q" || isElboName(s))) ||
			(isDensityCall(s) && s.function.name === "q"),
	);
}

export type {
	ChainReading,
	CompareStep,
	ImpliedStep,
	ProblemStep,
	ReadSide,
	ReadStep,
} from "./reading.js";
