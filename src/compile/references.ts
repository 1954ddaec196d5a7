import { isTranslationInvariant } from "../check/translation.js";
import { sub, symbol } from "../expr/build.js";
import type { Context, SymbolInfo } from "../expr/context.js";
import type { Dim, Expr, Factor, Sym } from "../expr/tree.js";
import { replaceSymbols, visit } from "../expr/walk.js";

/**
 * A place from which data are taken, their mean. Where a formula has the square of a difference multiplied out,
 * x² − 2 x m + m², its terms have size 10¹⁶ for data at 10⁸ ± 1 and cancel to nothing. The formula does not change when
 * x and m are translated together; of x − r and m − r nothing cancels.
 */
export interface Reference {
	/** The symbol r: an array without the data's first axis. */
	readonly name: string;
	readonly datum: SymbolInfo;
}

/** The sheets' formulas, in as far as they are translation invariant, about a reference for each observed variable. */
export class References {
	/** Those that some formula reads. */
	readonly used = new Set<Reference>();
	private readonly movements: readonly Movement[];
	private readonly context: Context;

	constructor(context: Context, dataAxis: Dim | null) {
		this.movements = movementsIn(context, dataAxis);
		const symbols = new Map(context.symbols);
		for (const { reference } of this.movements)
			symbols.set(reference.name, infoOf(reference));
		this.context = { ...context, symbols };
	}

	/** The context in which the references are known symbols too. */
	get extended(): Context {
		const symbols = new Map(this.context.symbols);
		for (const { reference } of this.movements)
			if (!this.used.has(reference)) symbols.delete(reference.name);
		return { ...this.context, symbols };
	}

	/**
	 * The value about the references, if that is the same and nothing is to be gained where it only has differences anyway.
	 * @param upTo an index: what does not depend on it may differ
	 */
	about(value: Expr, upTo: string | null = null): Expr {
		return this.movements.reduce((current, movement) => {
			if (hasDifferencesAlone(current, movement.symbols)) return current;
			const moved = replaceSymbols(current, (s) => movedBy(s, movement));
			if (!isTranslationInvariant(this.context, current, moved, upTo))
				return current;
			this.used.add(movement.reference);
			return moved;
		}, value);
	}
}

/** What is translated together: an observed variable, and all that says where it is. */
interface Movement {
	readonly reference: Reference;
	readonly symbols: ReadonlyMap<string, SymbolInfo>;
}

function infoOf({ name, datum }: Reference): SymbolInfo {
	const dims = datum.dims.slice(1);
	return { ...datum, name, dims, role: "parameter", line: 0 };
}

function movementsIn(context: Context, dataAxis: Dim | null): Movement[] {
	const observed = context.model?.statements.filter((s) => s.observed) ?? [];
	return observed.flatMap((statement) => {
		const datum = context.symbols.get(statement.variable);
		if (datum?.type !== "real" || datum.dims[0] !== dataAxis) return [];
		let name = `${datum.name}_mean`;
		while (context.symbols.has(name)) name += "_";
		const places = new Set([datum.name]);
		followPlace(statement, context, places);
		const symbols = new Map(
			[...places].map((p) => [p, context.symbols.get(p) as SymbolInfo]),
		);
		return [{ reference: { name, datum }, symbols }];
	});
}

/**
 * Adds whatever gives a law its place: a term that stands by itself in one of its parameters, be it known, a parameter of
 * q, or a variable, whose own law and factor are then followed. What does not belong will show: the formula changes.
 */
function followPlace(law: Factor, context: Context, places: Set<string>): void {
	for (const parameter of Object.values(law.parameters)) {
		const terms = parameter.kind === "add" ? parameter.terms : [parameter];
		const place = terms.find(
			(t): t is Sym =>
				t.kind === "symbol" && context.symbols.get(t.name)?.type === "real",
		);
		if (!place || places.has(place.name)) continue;
		places.add(place.name);
		const { model, family } = context;
		for (const other of [
			...(model?.statements ?? []),
			...(family?.factors ?? []),
		])
			if (other.variable === place.name) followPlace(other, context, places);
	}
}

/** The symbol less the reference, at the symbol's last subscripts or components. */
function movedBy(s: Sym, { reference, symbols }: Movement): Expr {
	const dims = symbols.get(s.name)?.dims;
	const axes = reference.datum.dims.slice(1);
	if (!dims || s.shape.length > axes.length) return s;
	const last = dims.slice(dims.length - axes.length);
	if (axes.some((axis, n) => axis !== last[n])) return s;
	const at = s.indices.slice(dims.length - axes.length);
	return sub(s, symbol(reference.name, at, s.shape));
}

/** Whether places stand in sums alone in which they balance, as in x − m. */
function hasDifferencesAlone(
	value: Expr,
	symbols: ReadonlyMap<string, SymbolInfo>,
): boolean {
	const isPlace = (e: Expr) => e.kind === "symbol" && symbols.has(e.name);
	let [all, balanced] = [0, 0];
	visit(value, (node) => {
		if (isPlace(node)) all++;
		if (node.kind !== "add") return;
		const plus = node.terms.filter(isPlace).length;
		const negated = node.terms.filter((t) => isNegated(t, isPlace)).length;
		if (plus === negated) balanced += 2 * plus;
	});
	return all === balanced;
}

function isNegated(e: Expr, test: (e: Expr) => boolean): boolean {
	if (e.kind !== "mul" || e.factors.length !== 2) return false;
	const [sign, of] = e.factors as readonly [Expr, Expr];
	return sign.kind === "num" && sign.value.equals(-1) && test(of);
}
