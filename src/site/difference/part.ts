import type { Surface } from "../../latex/surface.js";
import type { Span } from "../../problem.js";

/**
 * A formula as written, for comparing: spelling that means the same is one (`e^{x}` and `\exp(x)`, `x^T` and `x^\top`,
 * `c_{ik}` and 1[c_i = k]), and everything has its place in the source.
 */
export interface Part {
	readonly kind: string;
	/** All that is no formula of its own: names, signs, how many parts there are of which kind. */
	readonly head: string;
	readonly parts: readonly Part[];
	readonly span: Span;
	/** Equal for parts that read the same. */
	readonly key: string;
}

/** A surface tree as a part. */
export function partOf(surface: Surface): Part {
	const { span } = surface;
	switch (surface.kind) {
		case "sum":
			return part(
				"sum",
				"",
				surface.terms.map(({ sign, term }) => signed(sign, partOf(term))),
				span,
			);
		case "product": {
			const factors = surface.factors.map(partOf);
			const flat = factors.flatMap((f) =>
				f.kind === "product" ? f.parts : [f],
			);
			return part("product", "", flat, span);
		}
		case "power":
			return powerOf(partOf(surface.base), partOf(surface.exponent), span);
		case "call": {
			const { function: name, arguments: inner, given, parameters } = surface;
			const head = `${inner.length},${given.length},${parameters.length}`;
			const all = [name, ...inner, ...given, ...parameters];
			return part("call", head, all.map(partOf), span);
		}
		case "name": {
			const { name, style, accents, labels, subscripts } = surface;
			const head = JSON.stringify([name, plainStyle(style), accents, labels]);
			return part("name", head, subscripts.map(partOf), span);
		}
		case "big": {
			const { operator, index, lower, upper, conditions, body } = surface;
			const bounds = [lower, upper].filter((bound) => bound !== null);
			const head = `${operator},${lower !== null},${upper !== null},${conditions.length}`;
			const all = [index, ...bounds, ...conditions, body];
			return part("big", head, all.map(partOf), span);
		}
		case "indicator":
			return indicatorOf(surface.condition, span) ?? generic(surface);
		default:
			return generic(surface);
	}
}

function part(
	kind: string,
	head: string,
	parts: readonly Part[],
	span: Span,
): Part {
	const key = `${kind}<${head}>(${parts.map((p) => p.key).join(";")})`;
	return { kind, head, parts, span, key };
}

/** A term with its sign; the sign itself has no place of its own. */
function signed(sign: 1 | -1, term: Part): Part {
	return part("signed", sign === 1 ? "+" : "−", [term], term.span);
}

function powerOf(base: Part, exponent: Part, span: Span): Part {
	if (base.key === nameKey("e")) return callOf("exp", exponent, span);
	if (exponent.key === nameKey("T"))
		return part("transposed", "of", [base], span);
	return part("power", "", [base, exponent], span);
}

/** As `\exp(x)` is read. */
function callOf(name: string, argument: Part, span: Span): Part {
	const place = { start: span.start, end: span.start };
	const called = part("name", nameHead(name), [], place);
	return part("call", "1,0,0", [called, argument], span);
}

function nameHead(name: string): string {
	return JSON.stringify([name, "plain", [], []]);
}

function nameKey(name: string): string {
	return `name<${nameHead(name)}>()`;
}

/** `\mathrm{KL}` and `KL` are one name. */
function plainStyle(style: string): string {
	return style === "upright" ? "plain" : style;
}

/** 1[c_i = k] as c_ik. */
function indicatorOf(
	condition: Extract<Surface, { kind: "relation" }>,
	span: Span,
): Part | null {
	const { left, right, relation } = condition;
	if (relation !== "=" || left.kind !== "name") return null;
	return {
		...partOf({ ...left, subscripts: [...left.subscripts, right] }),
		span,
	};
}

/** Any other kind: its formulas are parts, its words and numbers are the head. */
function generic(surface: Surface): Part {
	const { kind, span, ...fields } = surface;
	const parts: Part[] = [];
	const head: string[] = [];
	for (const [field, value] of Object.entries(fields)) {
		const items = Array.isArray(value) ? value.flat() : [value];
		const surfaces = items.filter(isSurface);
		parts.push(...surfaces.map(partOf));
		if (Array.isArray(value)) head.push(`${field}:${items.length}`);
		else if (surfaces.length > 0) head.push(field);
		else if (field !== "noted" && value !== null && value !== undefined)
			head.push(`${field}=${JSON.stringify(value)}`);
	}
	return part(kind, head.join(","), parts, span);
}

function isSurface(value: unknown): value is Surface {
	return typeof value === "object" && value !== null && "kind" in value;
}
