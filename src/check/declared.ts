import type { Context } from "../expr/context.js";

/**
 * Where things are declared. What is read says of a symbol or a statement only which declaration of the sheet it comes from,
 * counted from 1: so that it stays the same while lines are written above it. At the end the count is turned into the line.
 */
export class Declarations {
	/** By their count; 0 stands for what is built in. */
	private readonly lines = [0];

	/** The count of a declaration at a line. */
	at(line: number): number {
		return this.lines.push(line) - 1;
	}

	/** What was read, with the lines of the file. */
	located(context: Context): Context {
		const { symbols, model, family } = context;
		return {
			...context,
			symbols: new Map(
				[...symbols].map(([name, info]) => [name, this.locate(info)]),
			),
			model: model && {
				...model,
				statements: model.statements.map((one) => this.locate(one)),
			},
			family: family && {
				...family,
				factors: family.factors.map((one) => this.locate(one)),
			},
		};
	}

	private locate<T extends { readonly line: number }>(one: T): T {
		return { ...one, line: this.lines[one.line] ?? 0 };
	}
}
