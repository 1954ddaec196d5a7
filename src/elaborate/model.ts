import type { Context, Statement, SymbolInfo } from "../expr/context.js";
import type { Factor } from "../expr/tree.js";
import type { Chain } from "../latex/surface.js";
import { Problem, type Span } from "../problem.js";
import { wholeOf } from "./densities.js";
import { descendants, parents } from "./dependence.js";
import { defineQuantities, setApart, withQuantities } from "./deterministic.js";
import { readFactors } from "./factors.js";
import type { State } from "./state.js";
import { readBlock } from "./statement.js";

/**
 * Reads the model: `∼` statements, quantities named beside them, ranges of indices, spaces of variables. Shapes, labels and the types of
 * parameters are inferred; what nothing depends on is taken as observed until a family says what is latent.
 * @throws Problem if a model was read before, or for a statement that cannot be read or typed.
 */
export function readModel(
	chains: readonly Chain[],
	state: State,
	lineAt: (span: Span) => number = () => 0,
): State {
	if (state.context.model)
		throw new Problem(
			"the model is stated twice",
			spanOf(chains),
			"one `::: model` block",
		);
	const { named, others } = setApart(chains);
	const block = withQuantities(readBlock(others, "p"), named);
	if (block.statements.length === 0)
		throw new Problem(
			"a model without a statement",
			spanOf(chains),
			"x ∼ \\mathcal N(…)",
		);
	const { context, factors, notes } = readFactors(block, state, {
		role: "parameter",
		over: null,
		lineAt,
	});
	const ordered = inOrder(factors);
	const statements = ordered.map(
		(f): Statement => ({
			...f,
			observed: descendants(ordered, new Set([f.variable])).size === 0,
		}),
	);
	const stated = {
		...state,
		context: withRoles({ ...context, model: { statements } }),
		notes: [...state.notes, ...notes],
	};
	return defineQuantities(stated, named);
}

/** Factors so that parameters mention earlier variables only, otherwise in the order in which they are stated. */
export function inOrder<T extends Factor>(factors: readonly T[]): readonly T[] {
	const ordered: T[] = [];
	const remaining = [...factors];
	while (remaining.length > 0) {
		const ready = remaining.findIndex((f) =>
			parents(factors, wholeOf(f)).every(
				(p) =>
					(f.first && p.variable === f.variable) ||
					ordered.some((o) => o.variable === p.variable),
			),
		);
		const [next] = ready < 0 ? [] : remaining.splice(ready, 1);
		if (!next)
			throw new Problem(
				`\`${remaining[0]?.variable}\` depends on itself`,
				null,
				"statements that mention other variables only",
			);
		ordered.push(next);
	}
	return ordered;
}

/** Roles of the variables as the statements say. */
export function withRoles(context: Context): Context {
	const symbols = new Map<string, SymbolInfo>(context.symbols);
	for (const { variable, observed } of context.model?.statements ?? []) {
		const info = symbols.get(variable);
		if (info)
			symbols.set(variable, { ...info, role: observed ? "datum" : "latent" });
	}
	return { ...context, symbols };
}

/** Where a block stands, for a message about the whole of it. */
export function spanOf(chains: readonly Chain[]): Span | null {
	return chains[0]?.links[0]?.span ?? null;
}
