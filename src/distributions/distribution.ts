import type { Domain, Expr, Shape } from "../expr/tree.js";

/** What both channels share of a named distribution: how it is written and its density. */
export interface Distribution {
	readonly name: string;
	/** Names in sheets, case as usually written: `N`, `Normal`, `Gaussian`. */
	readonly aliases: readonly string[];
	/**
	 * The canonical parameters from the arguments as written, after the variable.
	 * @throws Problem if the number or the shapes do not fit.
	 */
	readParameters(
		args: readonly Expr[],
		shape: Shape,
	): Readonly<Record<string, Expr>>;
	/** Canonical parameter names, in order. */
	readonly parameters: readonly string[];
	/** The parameter that must be greater than the rows of the variable less 1, as degrees of freedom must. */
	readonly degrees?: string;
	support(shape: Shape, labels: string | number | null): Domain;
	/** log density at `x`, as a tree in `x` and the parameters. */
	logDensity(x: Expr, parameters: Readonly<Record<string, Expr>>): Expr;
}
