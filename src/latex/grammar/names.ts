import type { NormOrder, Surface, SurfaceName } from "../surface.js";
import type {
	LetterToken,
	ScriptsToken,
	TextToken,
	WordToken,
} from "../tokens/token.js";
import type { Reader } from "./reader.js";
import {
	readSubscripts,
	readSuperscript,
	type Superscript,
	superscriptParts,
} from "./scripts.js";

/** What is done to a name, or to the call that it heads, by its scripts: in order. */
export type Wrap =
	| { readonly kind: "primed"; readonly count: number }
	| Extract<
			Superscript,
			{ kind: "power" | "transposed" | "inverseTransposed" }
	  >;

/** A name with its subscripts and labels, and what its other scripts do to it. */
export interface Head {
	readonly name: SurfaceName;
	readonly wraps: readonly Wrap[];
}

/** Reads a letter or word and the scripts behind it. */
export function readHead(r: Reader): Head {
	const token = r.next() as LetterToken | WordToken | TextToken;
	const subscripts: Surface[] = [];
	const raised: Surface[] = [];
	const labels: string[] = [];
	const wraps: Wrap[] = [];
	let indexed = false;
	for (
		let scripts = r.peek();
		scripts?.kind === "scripts";
		scripts = r.peek()
	) {
		if (scripts.sub) {
			if (indexed)
				throw r.problem(
					"a second subscript",
					"one subscript with all indices",
					scripts.span,
				);
			const read = readSubscripts(r, scripts.sub);
			subscripts.push(...read.subscripts);
			labels.push(...read.labels);
			indexed = true;
		}
		readUpper(r, scripts, raised, labels, wraps);
		r.next();
	}
	return {
		name: { ...nameOf(r, token, labels), ...inOrder(raised, subscripts) },
		wraps,
	};
}

/** `x^{(i)}_j` is entry j of x^{(i)}; the numeral of `\alpha_1^{(i)}` belongs to the name. */
function inOrder(
	raised: readonly Surface[],
	subscripts: readonly Surface[],
): Pick<SurfaceName, "subscripts" | "raised"> {
	const isEntry =
		raised.length === 1 &&
		subscripts.length > 0 &&
		subscripts.every((s) => s.kind === "name");
	return isEntry
		? { subscripts: [...raised, ...subscripts], raised: true }
		: { subscripts: [...subscripts, ...raised] };
}

function readUpper(
	r: Reader,
	scripts: ScriptsToken,
	raised: Surface[],
	labels: string[],
	wraps: Wrap[],
): void {
	if (scripts.primes > 0) wraps.push({ kind: "primed", count: scripts.primes });
	if (!scripts.sup) return;
	if (wraps.some((w) => w.kind !== "primed"))
		throw r.problem(
			"a second superscript",
			"brackets around the first power",
			scripts.span,
		);
	for (const part of superscriptParts(r, scripts.sup)) {
		const superscript = readSuperscript(r, part, scripts.span);
		if (superscript.kind === "label") labels.push(superscript.label);
		else if (superscript.kind === "subscript")
			raised.push(superscript.subscript);
		else wraps.push(superscript);
	}
}

function nameOf(
	r: Reader,
	token: LetterToken | WordToken | TextToken,
	labels: readonly string[],
): SurfaceName {
	return {
		kind: "name",
		name: token.kind === "text" ? token.text.trim() : token.name,
		style: token.kind === "text" ? "upright" : token.style,
		accents: token.kind === "letter" ? token.accents : [],
		subscripts: [],
		labels,
		span: r.since(token.span.start),
	};
}

/** The base with its primes, powers and transposes. */
export function wrapped(
	r: Reader,
	base: Surface,
	wraps: readonly Wrap[],
): Surface {
	let result = base;
	for (const wrap of wraps) {
		const span = r.since(base.span.start);
		if (wrap.kind === "primed")
			result = { kind: "primed", of: result, count: wrap.count, span };
		else if (wrap.kind === "transposed")
			result = { kind: "transposed", of: result, span };
		else {
			result = { kind: "power", base: result, exponent: wrap.exponent, span };
			if (wrap.kind === "inverseTransposed")
				result = { kind: "transposed", of: result, span };
		}
	}
	return result;
}

/** Applies the scripts behind something that is not a name, such as a bracket. */
export function scripted(r: Reader, base: Surface): Surface {
	let result = base;
	for (
		let scripts = r.peek();
		scripts?.kind === "scripts";
		scripts = r.peek()
	) {
		r.next();
		if (scripts.sub) result = indexed(r, result, scripts);
		if (scripts.primes > 0)
			result = wrapped(r, result, [{ kind: "primed", count: scripts.primes }]);
		if (!scripts.sup) continue;
		if (result.kind === "power" && result !== base)
			throw r.problem(
				"a second superscript",
				"brackets around the first power",
				scripts.span,
			);
		const superscript = readSuperscript(r, scripts.sup, scripts.span);
		if (superscript.kind === "label" || superscript.kind === "subscript")
			throw r.problem(
				"a label on something that is not a name",
				"a power, or a name under the label",
				scripts.span,
			);
		result = wrapped(r, result, [superscript]);
	}
	return result;
}

function normOrder({ sub }: ScriptsToken): NormOrder | null {
	const [only, ...more] = sub ?? [];
	if (!only || more.length > 0) return null;
	if (only.kind === "number")
		return only.text === "1" || only.text === "2" ? only.text : null;
	if (only.kind !== "letter") return null;
	return only.name === "F" || only.name === "infty" ? only.name : null;
}

/** `(\mu_k)_d` and `[A]_{ij}` are entries of a name; `\lVert x \rVert_1` is another norm. */
function indexed(r: Reader, base: Surface, scripts: ScriptsToken): Surface {
	const order = base.kind === "bars" && base.double ? normOrder(scripts) : null;
	const isNumber = scripts.sub?.every((t) => t.kind === "number") ?? false;
	if (base.kind === "bars" && base.double && (order || !isNumber)) {
		const span = { start: base.span.start, end: scripts.span.end };
		if (order) return { ...base, order, span };
		const metric = r.inside(scripts.sub ?? [], (inner) =>
			inner.grammar.sum(inner),
		);
		return { ...base, metric, span };
	}
	const { subscripts, labels } = readSubscripts(r, scripts.sub ?? []);
	const hasEntries = base.kind !== "number" && base.kind !== "bars";
	if (base.kind !== "name" && (labels.length > 0 || !hasEntries))
		throw r.problem(
			"a subscript on something that is not a name",
			"a name under the subscript",
			scripts.span,
		);
	if (base.kind !== "name")
		return {
			kind: "entry",
			of: base,
			at: subscripts,
			span: r.since(base.span.start),
		};
	return {
		...base,
		subscripts: [...base.subscripts, ...subscripts],
		labels: [...base.labels, ...labels],
		span: r.since(base.span.start),
	};
}
