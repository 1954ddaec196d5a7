import type { Link, Surface, SurfaceName } from "../latex/surface.js";
import { keyOf } from "./names.js";
import type { State } from "./state.js";
import { mapSurface, someSurface } from "./surfaceWalk.js";

/** Labels of a parameter's new value, and of the values that it is computed from. */
const versions: ReadonlySet<string> = new Set(
	"* opt new next old prev (t) (t+1) (t-1) (old) (new)".split(" "),
);

/**
 * The links of `S_k^* = f`, `m_k^{new} = f`: an update of a parameter of q, written as one of the bare parameter. Where a
 * sheet knows the name with its label, or the head names no parameter so, nothing changes.
 */
export function withoutVersions(
	links: readonly Link[],
	state: State,
): readonly Link[] {
	const head = links[0]?.side;
	if (!head || !someSurface(head, (s) => isVersion(s, state))) return links;
	return links.map((link) => ({ ...link, side: bare(link.side, state) }));
}

function bare(s: Surface, state: State): Surface {
	if (isVersion(s, state)) return { ...(s as SurfaceName), labels: [] };
	return mapSurface(s, (child) => bare(child, state));
}

/** A parameter of q with a label of these, which is no symbol of its own. */
function isVersion(s: Surface, { context, definitions }: State): boolean {
	if (s.kind !== "name" || s.labels.length !== 1) return false;
	if (!versions.has(s.labels[0] as string)) return false;
	const labelled = keyOf(s);
	const isOwn = context.symbols.has(labelled) || definitions.has(labelled);
	const plain = context.symbols.get(keyOf({ ...s, labels: [] }));
	return !isOwn && plain?.role === "variational";
}
