import type { Sym, Table } from "../expr/tree.js";
import { type Lowering, type Scope, slotNode } from "./lowering.js";
import type { Scalar, TableArgument } from "./scalar.js";
import { tableVariable } from "./tables.js";

/** An unnamed density or function. */
export function table(to: Lowering, e: Table, scope: Scope): Scalar {
	const read = (s: Sym): TableArgument => tableArgument(to, s, scope);
	return {
		op: "table",
		name: e.name,
		role: e.role,
		of: e.of.map(read),
		given: e.given.map(read),
		parameters: e.parameters.map((s) => to.value(s.name, [], scope)),
	};
}

function tableArgument(to: Lowering, s: Sym, scope: Scope): TableArgument {
	const variable = tableVariable(s.name, to.context);
	const axes = to.context.symbols.get(variable)?.dims ?? [];
	const freeSlots = axes.slice(s.indices.length).map(() => to.newSlot());
	const at = [
		...to.numbers(s.indices, scope),
		...freeSlots.map((slot) => slotNode(slot)),
	];
	return { variable, value: to.value(s.name, at, scope), axes, freeSlots };
}
