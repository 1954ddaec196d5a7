import type { FreeOf } from "../expr/context.js";
import type { Expectation, Expr } from "../expr/tree.js";
import { children } from "../expr/walk.js";

/**
 * Names of the symbols that a tree depends on. An expectation over all of q depends on the laws of the variables that
 * stand in its body, and of those that these laws mention in turn, and on no others.
 */
export function mentionedNames(e: Expr): Set<string> {
	const names = new Set<string>();
	collect(e, names);
	return names;
}

/**
 * What two sides depend on.
 * @param free all that a constant or factor is to be free of
 */
export function namesOf(
	left: Expr,
	right: Expr,
	free: readonly FreeOf[],
): ReadonlySet<string> {
	const variables = free.flatMap((f) =>
		f.kind === "variable" ? [f.symbol.name] : [],
	);
	const sides = [left, right].flatMap((side) => [...mentionedNames(side)]);
	return new Set([...sides, ...variables]);
}

function collect(e: Expr, names: Set<string>): void {
	if (e.kind === "symbol") names.add(e.name);
	if (e.kind === "expectation") {
		collectExpectation(e, names);
		return;
	}
	for (const child of children(e)) collect(child, names);
}

function collectExpectation({ over, body }: Expectation, names: Set<string>) {
	const inside = mentionedNames(body);
	let waiting = [...over];
	for (;;) {
		const used = waiting.filter((b) => inside.has(b.factor.variable));
		if (used.length === 0) break;
		waiting = waiting.filter((b) => !used.includes(b));
		for (const { factor } of used)
			for (const parameter of Object.values(factor.parameters))
				collect(parameter, inside);
	}
	for (const name of inside) names.add(name);
}
