import { bareName } from "../latex/bareName.js";
import type { Surface, SurfaceCall, SurfaceName } from "../latex/surface.js";
import { densityLetter, isElboName } from "./densityName.js";
import { keyWith } from "./lookup.js";
import { densityCalls, variablesOf } from "./mentions.js";
import { keyOf, subscriptText } from "./names.js";
import type { State } from "./state.js";
import { mapSurface, visitSurface } from "./surfaceWalk.js";
import { openTuples } from "./variables.js";

/**
 * The lower bound with what it depends on: `\mathcal L_{\theta,\phi}(x)`, `\mathcal L(\theta, \phi; x)`, `\mathrm{ELBO}(x; Q, \theta)`
 * beside unnamed densities that are decorated so, and `L(\gamma, \phi; \alpha, \beta)` with all the parameters of q.
 */
export function withPlainBounds(
	sides: readonly Surface[],
	state: State,
): readonly Surface[] {
	const within = namesWithin(sides, state);
	const plain = (s: Surface): Surface => {
		const inner = mapSurface(s, plain);
		const isBound =
			(inner.kind === "name" && isDecoratedBound(inner, within)) ||
			(inner.kind === "call" && isBoundCall(inner, within, state));
		return isBound ? { ...bareName("L", inner.span), style: "cal" } : inner;
	};
	return sides.map(plain);
}

/** Names in the densities of a chain: their variables and conditions, and what decorates them. */
interface Names {
	readonly all: ReadonlySet<string>;
	/** Whether nothing else is known of a name than that it may stand there. */
	readonly mayBe: (key: string) => boolean;
	/** Those that decorate q, and q itself. */
	readonly ofQ: ReadonlySet<string>;
}

function namesWithin(
	sides: readonly Surface[],
	{ context, definitions }: State,
): Names {
	const all = new Set(["p", "q"]);
	const ofQ = new Set(["q"]);
	for (const side of sides)
		visitSurface(side, (s) => {
			if (s.kind !== "name" || !densityLetter(s)) return;
			for (const key of s.subscripts.flatMap(
				(sub) => subscriptText(sub) ?? [],
			)) {
				all.add(key);
				if (densityLetter(s) === "q") ofQ.add(key);
			}
		});
	for (const call of sides.flatMap(densityCalls))
		for (const { name } of variablesOf(call)) all.add(keyWith(name) ?? "");
	const isGreek = (key: string) => /^[a-z]{2,}$/.test(key);
	const mayBe = (key: string) =>
		all.has(key) ||
		(isGreek(key) && !context.symbols.has(key) && !definitions.has(key));
	return { all, ofQ, mayBe };
}

/** `\mathcal L_{\theta,\phi}`, of which nothing is left out. */
function isDecoratedBound(name: SurfaceName, { all, mayBe }: Names): boolean {
	const keys = name.subscripts.map((s) => subscriptText(s) ?? "");
	return (
		isElboName({ ...name, subscripts: [] }) &&
		keys.some((key) => all.has(key)) &&
		keys.every(mayBe)
	);
}

function isBoundCall(call: SurfaceCall, names: Names, state: State): boolean {
	const { function: name } = call;
	const own = openTuples(call.arguments);
	const written = [...own, ...openTuples([...call.given, ...call.parameters])];
	const { model, family } = state.context;
	if (model && family) return isPlainL(name, state) && areAllOfQ(own, state);
	const keys = written.map((s) => nameOfDependence(s));
	const isKnown = keys.every((key) => key !== null && names.mayBe(key));
	const isElbo = isElboName(name) || isDecoratedBound(name, names);
	const isOfQ = keys.some((key) => key !== null && names.ofQ.has(key));
	return isKnown && (isElbo || (isPlainL(name, state) && isOfQ));
}

function nameOfDependence(s: Surface): string | null {
	if (s.kind === "call") return densityLetter(s.function);
	if (s.kind !== "name") return null;
	return s.name === "Q" ? "q" : keyWith(s);
}

/** An L that the sheet has not as a name of its own. */
function isPlainL(
	name: SurfaceName,
	{ context, definitions, functions }: State,
): boolean {
	const isOwn = [context.symbols, definitions, functions].some((known) =>
		known.has("L"),
	);
	return !isOwn && keyOf(name) === "L" && name.subscripts.length === 0;
}

/** Whether these are the parameters of all factors of q. */
function areAllOfQ(written: readonly Surface[], { context }: State): boolean {
	const keys = written.map((s) =>
		nameOfDependence(s.kind === "power" ? s.base : s),
	);
	const ofQ = [...context.symbols.values()].filter(
		(info) => info.role === "variational",
	);
	return (
		ofQ.length > 0 &&
		ofQ.every((info) => keys.includes(info.name)) &&
		keys.length === ofQ.length
	);
}
