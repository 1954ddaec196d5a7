import type { Context, SymbolInfo } from "../expr/context.js";
import type { Factor } from "../expr/tree.js";
import { visit } from "../expr/walk.js";
import type { Chain, Surface } from "../latex/surface.js";
import { Problem, type Span } from "../problem.js";
import { type DensityCall, isDensityCall, tableName } from "./densityName.js";
import { readFactors } from "./factors.js";
import { keyWith } from "./lookup.js";
import { inOrder, spanOf, withRoles } from "./model.js";
import { keyOf } from "./names.js";
import { regrouped } from "./regroup.js";
import type { State, UnnamedFactor } from "./state.js";
import { readBlock } from "./statement.js";
import { findFactor, openTuples } from "./variables.js";

/**
 * Reads the mean-field family: `q(μ, c) = \prod_k N(μ_k | m_k, s_k² I) \prod_i Cat(c_i | φ_i)`, or its factors line by
 * line. Its parameters become variational; variables of the model that it does not mention are observed.
 * @throws Problem if a family was read before, or if it does not fit the model.
 */
export function readFamily(
	chains: readonly Chain[],
	state: State,
	lineAt: (span: Span) => number = () => 0,
): State {
	if (state.context.family)
		throw new Problem(
			"the family is stated twice",
			spanOf(chains),
			"one `::: family` block",
		);
	const { model } = state.context;
	const unnamedFactors = model ? [] : readUnnamed(chains);
	if (unnamedFactors.length > 0) return { ...state, unnamedFactors };
	const block = readBlock(chains, "q");
	const grouped = model && regrouped(model, block.statements);
	const known = { ...state, context: { ...state.context, model: grouped } };
	const read = readFactors(block, known, {
		role: "variational",
		over: grouped?.statements ?? null,
		lineAt,
	});
	const { context, notes } = read;
	const factors = inOrder(read.factors);
	checkHeads(chains, factors);
	if (factors.length === 0)
		throw new Problem(
			"a family without a distribution",
			spanOf(chains),
			"q(μ_k) = \\mathcal N(\\mu_k \\mid …)",
		);
	const statements = grouped?.statements.map((s) => ({
		...s,
		observed: !factors.some((f) => f.variable === s.variable),
	}));
	const stated: Context = {
		...context,
		model: statements ? { statements } : null,
		family: { factors },
	};
	return {
		...state,
		context: withRoles(withVariational(stated, factors)),
		notes: [...state.notes, ...notes],
	};
}

/**
 * The factors of `q(z_1, z_2) = q_1(z_1) q_2(z_2)`, densities without a name; none where the block is something else.
 * @throws Problem if they are not over the variables on the left, each once
 */
function readUnnamed(chains: readonly Chain[]): readonly UnnamedFactor[] {
	const [chain, ...more] = chains;
	const [head, product, ...others] = chain?.links ?? [];
	if (!head || !product || more.length + others.length > 0) return [];
	const { side } = product;
	const factors = side.kind === "product" ? side.factors : [side];
	const calls = factors.filter(isPlainQ);
	if (!isPlainQ(head.side) || calls.length !== factors.length) return [];
	const over = (call: DensityCall) =>
		openTuples(call.arguments).map(
			(s) => (s.kind === "name" && keyWith(s)) || "?",
		);
	const found = calls.map((call) => ({
		name: tableName(call.function),
		variables: over(call),
	}));
	const all = found.flatMap((f) => f.variables).sort();
	if (all.join() === over(head.side).sort().join()) return found;
	throw new Problem(
		"the factors of the family are not over the variables of q",
		product.span,
		"each variable on the left once on the right",
	);
}

function isPlainQ(s: Surface): s is DensityCall {
	return (
		isDensityCall(s) &&
		s.function.name === "q" &&
		s.function.labels.length === 0 &&
		s.given.length + s.parameters.length === 0
	);
}

/** Every variable that some `q(…)` on the left mentions has a factor. */
function checkHeads(
	chains: readonly Chain[],
	factors: readonly Factor[],
): void {
	const check = (s: Surface) => {
		if (s.kind === "name" && !findFactor(factors, s))
			throw new Problem(
				`the family names no distribution for \`${keyOf(s)}\``,
				s.span,
				`q(${keyOf(s)}) = …`,
			);
	};
	for (const chain of chains)
		for (const { side } of chain.links)
			if (isDensityCall(side))
				for (const s of openTuples(side.arguments)) check(s);
}

/** The parameters of q, declared or not, are variational. */
function withVariational(
	context: Context,
	factors: readonly Factor[],
): Context {
	const symbols = new Map<string, SymbolInfo>(context.symbols);
	const random = new Set(
		(context.model?.statements ?? factors).map((f) => f.variable),
	);
	for (const factor of factors)
		for (const parameter of Object.values(factor.parameters))
			visit(parameter, (n) => {
				const info =
					n.kind === "symbol" && !random.has(n.name)
						? symbols.get(n.name)
						: undefined;
				if (info && !isOfModel(context, info.name))
					symbols.set(info.name, { ...info, role: "variational" });
			});
	return { ...context, symbols };
}

/** Whether the model itself mentions a parameter, which q then shares and does not own. */
function isOfModel(context: Context, name: string): boolean {
	let found = false;
	for (const statement of context.model?.statements ?? [])
		for (const parameter of Object.values(statement.parameters))
			visit(parameter, (n) => {
				if (n.kind === "symbol" && n.name === name) found = true;
			});
	return found;
}
