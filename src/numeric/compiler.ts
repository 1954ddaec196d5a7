import type { Arithmetic } from "./arithmetic.js";
import type { Frame } from "./frame.js";
import type { Scalar } from "./scalar.js";

export type Run<T> = (frame: Frame<T>) => T;

/** Evaluates a subscript, bound or label as a whole number. */
export type RunWhole<T> = (frame: Frame<T>) => number;

/** Turns nodes into functions; what program.ts offers to the files for single kinds of nodes. */
export interface Compiler<T> {
	readonly A: Arithmetic<T>;
	run(node: Scalar): Run<T>;
	whole(node: Scalar): RunWhole<T>;
}
