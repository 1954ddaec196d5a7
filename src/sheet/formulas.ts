import { concludes, introduces, lastSentence } from "./leadIn.js";
import { type Excerpt, fileOffsets, positionAt } from "./position.js";
import {
	type Display,
	type Div,
	type InlineFormula,
	type Role,
	roles,
} from "./sheet.js";

/** Collects the formulas of a sheet in document order. */
export class Formulas {
	readonly displays: Display[] = [];
	readonly inlines: InlineFormula[] = [];
	readonly #starts: readonly number[];

	/** `starts` are the offsets of the file's lines. */
	constructor(starts: readonly number[]) {
		this.#starts = starts;
	}

	/** Adds a display; `before` is the text that stands directly before it. */
	addDisplay(
		excerpt: Excerpt,
		div: Div | null,
		before: string,
		rest: Pick<Display, "notation" | "id">,
	): Display {
		const leadIn = lastSentence(before);
		const ordinal = this.displays.length;
		const display = {
			ordinal,
			...this.#place(excerpt, div),
			...rest,
			leadIn,
			introduces: introduces(leadIn),
			concludes: concludes(leadIn),
		};
		this.displays.push(display);
		return display;
	}

	addInline(excerpt: Excerpt, div: Div | null, before: string): InlineFormula {
		const formula = {
			ordinal: this.inlines.length,
			...this.#place(excerpt, div),
			before,
		};
		this.inlines.push(formula);
		return formula;
	}

	#place(excerpt: Excerpt, div: Div | null) {
		const toFile = fileOffsets(excerpt);
		const placeAt = (offset: number) =>
			positionAt(this.#starts, toFile(offset));
		const source = excerpt.text;
		return {
			source,
			div,
			role: roleOf(div),
			...placeAt(0),
			endLine: placeAt(source.length).line,
			placeAt,
		};
	}
}

export function isRole(name: string): name is Role {
	return (roles as readonly string[]).includes(name);
}

/** The role of what stands in a div; nothing inside an `aside` is checked, whatever its own div is called. */
function roleOf(div: Div | null): Role {
	let role: Role | null = null;
	for (let around = div; around; around = around.parent) {
		if (around.name === "aside") return "aside";
		if (isRole(around.name)) role ??= around.name;
	}
	return role ?? "derivation";
}
