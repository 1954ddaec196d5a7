import type { ReadScalar, Scalar } from "../scalar.js";
import type { AccumulatorStatement, Statement } from "../statement.js";

/** How statements are written anew: what becomes of a value, of an element that is written, and of a temporary's name. */
export interface Rewriting {
	value(s: Scalar): Scalar;
	name(local: string): string;
}

/** A statement with its values, the elements that it writes and its temporaries written anew, and so in all inside. */
export function rewrite(s: Statement, how: Rewriting): Statement {
	const block = (body: readonly Statement[]) =>
		body.map((inner) => rewrite(inner, how));
	const place = (array: string, at: readonly Scalar[]) => {
		const read: Scalar = { kind: "read", array, at, type: "real" };
		const { array: name, at: to } = how.value(read) as ReadScalar;
		return { array: name, at: to };
	};
	const renamed = (a: AccumulatorStatement): AccumulatorStatement => ({
		...a,
		name: how.name(a.name),
	});
	switch (s.kind) {
		case "let":
			return { ...s, name: how.name(s.name), value: how.value(s.value) };
		case "accumulator":
			return renamed(s);
		case "gather":
			return { ...s, into: renamed(s.into), value: how.value(s.value) };
		case "store":
		case "collect":
			return { ...s, ...place(s.array, s.at), value: how.value(s.value) };
		case "normalise":
			return {
				...s,
				...place(s.array, s.at),
				logs: s.logs && place(s.logs.array, s.logs.at),
			};
		case "factorise":
			return { ...s, ...place(s.array, s.at), name: how.name(s.name) };
		case "loop":
			return {
				...s,
				lower: how.value(s.lower),
				upper: how.value(s.upper),
				except: s.except.map((e) => how.value(e)),
				body: block(s.body),
			};
		case "tiles":
			return {
				...s,
				parts: s.parts.map((p) => ({ ...p, body: block(p.body) })),
			};
		case "if":
			return { ...s, body: block(s.body), otherwise: block(s.otherwise) };
		default:
			return s;
	}
}

/** Names of the temporaries that statements make, inside too. */
export function namesMade(
	statements: readonly Statement[],
): ReadonlySet<string> {
	const names = new Set<string>();
	const note = (s: Statement): void => {
		if (s.kind === "let" || s.kind === "accumulator" || s.kind === "factorise")
			names.add(s.name);
		bodiesOf(s).forEach((body) => {
			body.forEach(note);
		});
	};
	statements.forEach(note);
	return names;
}

/** Names of the arrays that statements write, inside too. */
export function arraysWritten(
	statements: readonly Statement[],
): ReadonlySet<string> {
	const names = new Set<string>();
	const note = (s: Statement): void => {
		if (
			s.kind === "store" ||
			s.kind === "collect" ||
			s.kind === "normalise" ||
			s.kind === "factorise"
		)
			names.add(s.array);
		if (s.kind === "normalise" && s.logs) names.add(s.logs.array);
		bodiesOf(s).forEach((body) => {
			body.forEach(note);
		});
	};
	statements.forEach(note);
	return names;
}

/** The blocks inside of a statement. */
export function bodiesOf(s: Statement): readonly (readonly Statement[])[] {
	switch (s.kind) {
		case "loop":
			return [s.body];
		case "tiles":
			return s.parts.map((p) => p.body);
		case "if":
			return [s.body, s.otherwise];
		default:
			return [];
	}
}
