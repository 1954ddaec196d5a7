import type { Dim, Expr } from "../expr/tree.js";
import { freeIndices, visit } from "../expr/walk.js";
import type { Surface, SurfaceName } from "../latex/surface.js";
import { Problem } from "../problem.js";
import { densityLetter, isElboName } from "./densityName.js";
import { findDefinition, findSymbol, keyWith } from "./lookup.js";
import { isPlainName, keyOf, latexOf } from "./names.js";
import type { Passage } from "./scope.js";
import type { Definition, State } from "./state.js";

/** Definitions: `N_k := Σ_i φ_ik`. The left side is a new symbol with all free indices of the right side. */

const fixed = new Set(["pi", "e", "I", "infty", "0", "1"]);

/** The name that a side would newly define, or null if it is known already or fixed by model and family. */
export function newName(passage: Passage, s: Surface): SurfaceName | null {
	if (s.kind !== "name" || densityLetter(s) || isElboName(s)) return null;
	const key = keyOf(s);
	const isBuiltIn =
		s.subscripts.length === 0 && (fixed.has(key) || passage.isSize(key));
	const isKnown =
		findSymbol(passage, s) !== null ||
		findDefinition(passage, s) !== null ||
		passage.state.definitions.has(key);
	return isBuiltIn || isKnown ? null : s;
}

/**
 * The definition of a name by a tree.
 * @throws Problem as `defined`
 */
export function readDefinition(
	passage: Passage,
	name: SurfaceName,
	body: Expr,
): Definition {
	return {
		...defined(passage, name, body),
		body,
		symbols: symbolsOf(passage, body),
	};
}

/**
 * What is defined by a name with subscripts on the left of a tree: of `N_k` the name N with the index k; of `S_1`, `α_0`,
 * `S_{xx}` a name of that very text.
 * @throws Problem unless the indices are different letters, and all that are free on the right
 */
export function defined(
	passage: Passage,
	name: SurfaceName,
	body: Expr,
): Pick<Definition, "name" | "params"> {
	const free = freeIndices(body);
	const isIndex = (s: Surface) => isIndexLetter(passage, s, free);
	const inName = name.subscripts.findLastIndex((s) => !isIndex(s)) + 1;
	const key = keyWith(name, inName);
	if (key === null)
		throw new Problem(
			`a subscript of \`${latexOf(name)}\` is neither a letter nor a number`,
			name.span,
			"letters such as k on the left of :=",
		);
	const letters = name.subscripts
		.slice(inName)
		.map((s) => (s as SurfaceName).name);
	if (new Set(letters).size < letters.length)
		throw new Problem(
			`\`${latexOf(name)}\` has the same index twice`,
			name.span,
			"different index letters on the left of :=",
		);
	const missing = [...free].find((index) => !letters.includes(index));
	if (missing)
		throw new Problem(
			`the index \`${missing}\` is free on the right of := and not on the left`,
			name.span,
			`${latexOf(name)} with the subscript ${missing}`,
		);
	const params = letters.map((index) => ({
		index,
		range: rangeOf(passage, index, name),
	}));
	return { name: key, params };
}

/** A letter that the right side leaves free, or that runs over something known; any other is part of a name. */
function isIndexLetter(
	passage: Passage,
	s: Surface,
	free: ReadonlySet<string>,
): boolean {
	if (!isPlainName(s) || passage.symbol(s.name) || passage.isSize(s.name))
		return false;
	return free.has(s.name) || passage.rangeOf(s.name) !== null;
}

function rangeOf(passage: Passage, index: string, name: SurfaceName): Dim {
	const range = passage.rangeOf(index);
	if (range !== null) return range;
	throw new Problem(
		`the range of \`${index}\` is not known`,
		name.span,
		`${index} = 1,\\dots,${index.toUpperCase()} beside the definition`,
	);
}

/** Symbols of the passage alone that the body mentions. */
function symbolsOf(passage: Passage, body: Expr): Definition["symbols"] {
	const names = new Set<string>();
	visit(body, (n) => n.kind === "symbol" && names.add(n.name));
	return [...names].flatMap((name) => {
		const info = passage.symbol(name);
		return info && !passage.state.context.symbols.has(name) ? [info] : [];
	});
}

export function withDefinition(state: State, definition: Definition): State {
	return {
		...state,
		definitions: new Map(state.definitions).set(definition.name, definition),
	};
}
