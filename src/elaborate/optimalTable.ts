import { apply, div, exp, log, mul } from "../expr/build.js";
import type { Expr, Table } from "../expr/tree.js";
import { Problem } from "../problem.js";
import {
	type DensityCall,
	densityLetter,
	isDensityCall,
	isOptimal,
} from "./densityName.js";
import type { Law } from "./law.js";
import type { Scope } from "./scope.js";
import type { Setting } from "./setting.js";
import { visitSurface } from "./surfaceWalk.js";
import { bareTable, integrateUnnamed, readTable, tableOver } from "./tables.js";

/**
 * The law q*(z_1) of unnamed densities: exp E[log p] under the other factors of q that the passage writes, divided by its
 * integral. Bishop (2006), eq. (10.9). With no other factor it is the posterior.
 */
export function optimalTable(
	scope: Scope,
	setting: Setting,
	call: DensityCall,
): Law {
	const own = readTable(scope, call).of.map((v) => v.name);
	const others = otherFactors(scope, setting, own);
	const expected = others.reduce(
		(body, q) => under(setting, q, body),
		log(jointOfAll(scope, setting, call, own, others)),
	);
	const weight = exp(expected);
	const over = (body: Expr) => integrateUnnamed(setting, own, body);
	const density = div(weight, over(weight));
	return {
		over: null,
		expectation: (body) => over(mul(density, body)),
		logDensity: apply("log", density),
		density,
		variables: own,
	};
}

function under(setting: Setting, q: Table, body: Expr): Expr {
	const variables = q.of.map((v) => v.name);
	return integrateUnnamed(setting, variables, mul(q, body));
}

/**
 * The factors of q over other variables that are written somewhere in the passage.
 * @throws Problem if two of them share a variable
 */
function otherFactors(
	scope: Scope,
	setting: Setting,
	own: readonly string[],
): readonly Table[] {
	const stated = setting.factors.map((f) =>
		tableOver(setting, f.name, f.variables, []),
	);
	if (stated.length > 0)
		return stated.filter((q) => q.of.every((v) => !own.includes(v.name)));
	const found = new Map<string, Table>();
	const add = (table: Table) => {
		const isOther = table.of.every((v) => !own.includes(v.name));
		if (isOther) found.set(JSON.stringify([table.name, table.of]), table);
	};
	for (const surface of scope.passage.surfaces)
		visitSurface(surface, (s) => {
			if (isDensityCall(s) && s.function.name === "q" && !isOptimal(s.function))
				add(readTable(scope, s));
			const law = s.kind === "expectation" ? s.law : null;
			if (
				law?.kind === "name" &&
				densityLetter(law) === "q" &&
				law.subscripts.length > 0
			)
				add(bareTable(setting, law));
		});
	const factors = [...found.values()];
	const names = factors.flatMap((q) => q.of.map((v) => v.name));
	if (new Set(names).size === names.length) return factors;
	throw new Problem(
		"the other factors of q share a variable",
		null,
		"one q for each variable, as in q(z_1) and q(z_2)",
	);
}

/** p of everything that the passage writes p of, given what stands behind its bars alone. */
function jointOfAll(
	scope: Scope,
	setting: Setting,
	call: DensityCall,
	own: readonly string[],
	others: readonly Table[],
): Table {
	const [name, ...more] = setting.p;
	if (!name || more.length > 0)
		throw new Problem(
			"q^* of which p?",
			call.span,
			"one density p(x, z) beside it",
		);
	const of = new Set([
		...own,
		...others.flatMap((q) => q.of.map((v) => v.name)),
	]);
	const given = new Set<string>();
	for (const surface of scope.passage.surfaces)
		visitSurface(surface, (s) => {
			if (!isDensityCall(s) || s.function.name !== "p") return;
			const table = readTable(scope, s);
			for (const v of table.of) of.add(v.name);
			for (const v of table.given) given.add(v.name);
		});
	const behind = [...given].filter((key) => !of.has(key));
	return tableOver(setting, name, [...of], behind);
}
