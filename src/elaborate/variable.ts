import type { SymbolInfo } from "../expr/context.js";
import type { Dim, Plate, Shape } from "../expr/tree.js";
import type { Surface } from "../latex/surface.js";
import type { RawStatement } from "./statement.js";

/** A variable of a block while its shape is being found. */
export interface Variable {
	readonly name: string;
	readonly raw: RawStatement;
	readonly plates: readonly Plate[];
	readonly isLabel: boolean;
	shape: Shape | null;
	labels: Dim | null;
}

/** What the inference may ask of the rest of the sheet. */
export interface Knowledge {
	readonly declared: (key: string) => SymbolInfo | undefined;
	/** The sizes of declared symbols. */
	readonly sizes: () => readonly Dim[];
	/** The shape of a mean that is an expression, if it can be read with what is known so far. */
	readonly shapeOfExpression: (
		s: Surface,
		variables: readonly Variable[],
	) => Shape | null;
}
