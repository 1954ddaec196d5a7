import type { ValueType } from "../expr/context.js";
import type { Domain, Expr, Shape } from "../expr/tree.js";

/** How a sheet spells a law: the name, and how many of its parameters are subscripts, as the ν of `t_\nu`. */
export interface Spelling {
	readonly name: string;
	readonly style: string;
	readonly subscripts: number;
}

/** What a parameter is that nothing declares: a number, or as long as the variable. */
export interface Place {
	readonly type: ValueType;
	readonly extent: "number" | "variable";
}

/** What both channels share of a named distribution: how it is written and its density. */
export interface Distribution {
	readonly name: string;
	/** Names in sheets, case as usually written: `N`, `Normal`, `Gaussian`. */
	readonly aliases: readonly string[];
	/** Whether subscripts of the name are its first parameters, as the ν of `t_\nu`; else they say a dimension. */
	readonly takesSubscripts?: boolean;
	/** Whether one of the names means this distribution where it is spelled so and has that many arguments; always, if not said. */
	means?(spelling: Spelling, args: number): boolean;
	/**
	 * The canonical parameters from the arguments as written, after the variable; subscripts come first.
	 * @throws Problem if the number or the shapes do not fit.
	 */
	readParameters(
		args: readonly Expr[],
		shape: Shape,
		spelling?: Spelling,
	): Readonly<Record<string, Expr>>;
	/** Canonical parameter names, in order. */
	readonly parameters: readonly string[];
	/** The parameter that must be greater than the rows of the variable less 1, as degrees of freedom must. */
	readonly degrees?: string;
	/** The parameters by their places as written; positive and as long as the variable where this says nothing. */
	places?(args: number, spelling: Spelling): readonly Place[];
	/** What a reader should know of how the arguments were taken, where people write them in several ways. */
	convention?(args: number, spelling: Spelling): string | null;
	/** What must be positive for the parameters to give a law, where their types do not say it. */
	requires?(parameters: Readonly<Record<string, Expr>>): readonly Expr[];
	support(shape: Shape, labels: string | number | null): Domain;
	/** log density at `x` on the support, as a tree in `x` and the parameters. */
	logDensity(x: Expr, parameters: Readonly<Record<string, Expr>>): Expr;
	/** The parameters of the law whose log density has this gradient and Hessian at x, if there is one of this family. */
	fromSlopes?(
		x: Expr,
		gradient: Expr,
		hessian: Expr,
	): Readonly<Record<string, Expr>>;
	/** 1 on the support and 0 outside of it, where the support depends on the parameters. */
	within?(x: Expr, parameters: Readonly<Record<string, Expr>>): Expr;
}
