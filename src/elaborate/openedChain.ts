import type { Chain, Surface } from "../latex/surface.js";
import { withVariable } from "./bareDistribution.js";
import { withBoldMatrices } from "./boldMatrices.js";
import { withPlainBounds } from "./boundSpellings.js";
import { withSmallLaws } from "./capitalLaws.js";
import { openPassage, topScope } from "./expression.js";
import { withoutLists } from "./listedVariables.js";
import { withoutPlaceholders } from "./placeholders.js";
import { withPlainBinders } from "./plainBinders.js";
import { forOnePoint } from "./points.js";
import { withPrimedVariables } from "./primedVariables.js";
import type { ReadSide } from "./reading.js";
import type { Passage, Scope } from "./scope.js";
import { withoutVersions } from "./starred.js";
import type { State } from "./state.js";
import { dimOf } from "./statement.js";
import { withStretches } from "./stretches.js";
import { withSummedValues } from "./unnamedValues.js";
import { withoutWholeRanges } from "./wholeRanges.js";

/** A chain that is being read, and where. */
export interface OpenedChain {
	readonly chain: Chain;
	readonly state: State;
	readonly previous: ReadSide | null;
	readonly passage: Passage;
	readonly scope: Scope;
	readonly head: Surface | null;
}

/**
 * Opens a chain: its sides in the spellings that the reader knows, and the passage in which they are read.
 * @throws Problem for what its sides say together that cannot be
 */
export function openChain(
	source: Chain,
	state: State,
	previous: ReadSide | null,
): OpenedChain {
	const links = withoutVersions(source.links, state);
	const spelled = withPlainBounds(
		withoutPlaceholders(
			links.map((l) => withoutLists(l.side)),
			state,
		),
		state,
	);
	const points = source.continues ? null : forOnePoint(links, spelled, state);
	const sides = withStretches(points ?? spelled, state);
	const written = {
		...source,
		links: links.map((l, i) => ({
			...l,
			side: plainly(sides[i] as Surface, state),
		})),
	};
	const head = previous?.carry?.head ?? written.links[0]?.side ?? null;
	const { chain, completed } = withVariable(written, head);
	const ranges = new Map(previous?.carry?.ranges ?? []);
	for (const range of chain.ranges)
		if (range.from === undefined) ranges.set(range.index, dimOf(range.upper));
	const surfaces = [
		...chain.links.map((l) => l.side),
		...(chain.withRespectTo ? [chain.withRespectTo] : []),
		...(previous ? [previous.surface] : []),
	];
	const passage = openPassage(
		surfaces,
		state,
		previous?.carry?.setting ?? null,
		ranges,
	);
	if (points)
		passage.note(
			"sums over points were compared term by term, for any one point",
		);
	for (const { span } of completed)
		passage.note(
			"a distribution without its variable was read as its density at that of the left side",
			span,
		);
	return { chain, state, previous, passage, scope: topScope(passage), head };
}

/** A side with the names of bound variables, ranges and values written in the way that the reader knows. */
function plainly(side: Surface, state: State): Surface {
	const named = withBoldMatrices(withSmallLaws(side, state), state);
	const plain = withPlainBinders(withoutWholeRanges(named, state));
	const { model, family } = state.context;
	return model || family
		? plain
		: withSummedValues(withPrimedVariables(plain, state));
}
