import { assembled, type Notation } from "../../algebra/assemble.js";
import type { Form } from "../../algebra/form.js";
import type { Expr, Sym } from "../../expr/tree.js";
import type { Bench } from "./bench.js";
import { notationOf, withLabels } from "./notation.js";
import type { Scope } from "./place.js";

/** Writes forms as the claim writes its own sides. */
export class Writer {
	readonly notation: Notation;

	constructor(
		private readonly bench: Bench,
		symbols: readonly Sym[],
		scope: Scope,
	) {
		this.notation = notationOf(bench.env, symbols, new Set(scope.keys()));
	}

	/** A form of the side's shape. @throws NoNormalForm if it has no notation of whole vectors and matrices */
	side(form: Form): Expr {
		const { row, column } = this.bench;
		return withLabels(assembled(this.notation, form, row, column));
	}

	/** A form of a number. @throws NoNormalForm as `side` */
	number(form: Form): Expr {
		return withLabels(assembled(this.notation, form));
	}
}
