import type { Compiler, Run } from "./compiler.js";
import { advance } from "./epoch.js";
import type { Store } from "./frame.js";
import { compileMatrix } from "./matrixNode.js";
import type { EvaluationNode } from "./scalar.js";

/** The value of a body in which a symbol has a value of its own: a store with that value is open while the body is computed. */
export function compileEvaluation<T>(
	compiler: Compiler<T>,
	{ binder, value, body }: EvaluationNode,
): Run<T> {
	const matrix = compileMatrix(compiler, value);
	const run = compiler.run(body);
	return (frame) => {
		const rows = matrix(frame);
		const before = frame.stores[binder.id];
		frame.stores[binder.id] = storeOf(binder, rows);
		advance();
		try {
			return run(frame);
		} finally {
			frame.stores[binder.id] = before;
			advance();
		}
	};
}

function storeOf<T>(
	binder: EvaluationNode["binder"],
	rows: readonly (readonly T[])[],
): Store<T> {
	const shape = [rows.length, rows[0]?.length ?? 1].slice(
		0,
		binder.shape.length,
	);
	const values = rows.flat();
	return {
		binder,
		plates: [],
		shape,
		width: values.length,
		covers: () => true,
		read: (_instance, component) => values[component] as T,
		complement: () => null,
	};
}
