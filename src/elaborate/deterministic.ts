import type {
	Chain,
	Surface,
	SurfaceBig,
	SurfaceName,
} from "../latex/surface.js";
import { Problem } from "../problem.js";
import { elaborateChain } from "./chain.js";
import { densityLetter } from "./densityName.js";
import { isPlainName, keyOf, latexOf } from "./names.js";
import type { State } from "./state.js";
import type { RawBlock } from "./statement.js";
import { mapSurface, replaceLetters, visitSurface } from "./surfaceWalk.js";

/**
 * Quantities that a model names without a distribution of their own, such as `\eta_n = w^\top x_n` beside
 * `y_n \sim \mathrm{Bern}(\sigma(\eta_n))`: put in where a statement mentions them, and defined for what follows the model.
 */
export interface Deterministic {
	readonly chain: Chain;
	readonly name: SurfaceName;
	readonly body: Surface;
}

/** The chains of a model that name a quantity, and the others. */
export function setApart(chains: readonly Chain[]): {
	readonly named: readonly Deterministic[];
	readonly others: readonly Chain[];
} {
	const named = chains.flatMap((chain) => deterministic(chain) ?? []);
	const others = chains.filter((c) => !named.some((n) => n.chain === c));
	return { named, others };
}

function deterministic(chain: Chain): Deterministic | null {
	const [left, right, ...more] = chain.links;
	const kind = right?.relation?.kind;
	if (!left || !right || more.length > 0) return null;
	if (kind !== "define" && kind !== "equal") return null;
	const name = left.side;
	if (name.kind !== "name" || densityLetter(name)) return null;
	return { chain, name, body: right.side };
}

/** The statements with the quantities put in. */
export function withQuantities(
	block: RawBlock,
	named: readonly Deterministic[],
): RawBlock {
	if (named.length === 0) return block;
	const statements = block.statements.map((s) => ({
		...s,
		parameters: s.parameters.map((p) => putIn(p, named, block.ranges)),
	}));
	return { ...block, statements };
}

/** Later quantities may mention earlier ones. */
function putIn(
	s: Surface,
	named: readonly Deterministic[],
	ranges: RawBlock["ranges"],
): Surface {
	return named.reduceRight((whole, one) => replaced(whole, one, ranges), s);
}

function replaced(
	s: Surface,
	quantity: Deterministic,
	ranges: RawBlock["ranges"],
): Surface {
	const { name, body } = quantity;
	const inner = mapSurface(s, (child) => replaced(child, quantity, ranges));
	if (inner.kind !== "name" || keyOf(inner) !== keyOf(name)) return inner;
	const missing = name.subscripts.slice(inner.subscripts.length);
	const column = missing.length === 1 ? over(missing[0], ranges, inner) : null;
	if (missing.length > 0 && column === null)
		throw new Problem(
			`\`${latexOf(name)}\` stands here with other subscripts than it is stated with`,
			inner.span,
			"the subscripts of its statement, or a whole number or label in their place",
		);
	const letters = new Map<string, Surface>();
	name.subscripts.slice(0, inner.subscripts.length).forEach((letter, i) => {
		if (!isPlainName(letter))
			throw new Problem(
				`a subscript of \`${latexOf(name)}\` is no index letter`,
				name.span,
				"letters such as n",
			);
		letters.set(letter.name, inner.subscripts[i] as Surface);
	});
	refuseCapture(body, inner);
	const value = replaceLetters(body, letters);
	return column ? { ...column, body: value } : value;
}

/** A quantity without its last subscript is the column of its values: `\mathrm{Cat}(\pi)` for π_t, t = 1, …, T. */
function over(
	letter: Surface | undefined,
	ranges: RawBlock["ranges"],
	{ span }: SurfaceName,
): Omit<SurfaceBig, "body"> | null {
	const size = isPlainName(letter) ? ranges.get(letter.name) : undefined;
	if (!isPlainName(letter) || size === undefined) return null;
	const upper: Surface =
		typeof size === "number"
			? { kind: "number", text: String(size), span }
			: { ...letter, name: size };
	return {
		kind: "big",
		operator: "column",
		index: letter,
		lower: null,
		upper,
		conditions: [],
		span,
	};
}

/** A sum within the quantity must not bind an index that its subscripts mention. */
function refuseCapture(body: Surface, use: SurfaceName): void {
	const mentioned = new Set<string>();
	for (const sub of use.subscripts)
		visitSurface(sub, (s) => s.kind === "name" && mentioned.add(s.name));
	visitSurface(body, (s) => {
		if (s.kind === "big" && mentioned.has(s.index.name))
			throw new Problem(
				`the index \`${s.index.name}\` is bound within \`${latexOf(use)}\``,
				s.span,
				"another letter under the sign",
			);
	});
}

/** The state in which the quantities are defined, once the model is read. */
export function defineQuantities(
	state: State,
	named: readonly Deterministic[],
): State {
	return named.reduce((before, { chain, name }) => {
		const written = chain.links.map((link) =>
			link.relation
				? { ...link, relation: { ...link.relation, kind: "define" as const } }
				: link,
		);
		const reading = elaborateChain({ ...chain, links: written }, before);
		const [step] = reading.steps;
		if (step?.kind === "problem")
			throw new Problem(step.message, step.span, step.expected);
		if (step?.kind !== "compare" || step.defines === null)
			throw new Problem(
				`\`${latexOf(name)}\` is known already`,
				name.span,
				"a name of its own for a quantity of the model",
			);
		return reading.state;
	}, state);
}
