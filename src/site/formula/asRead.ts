import { prepare } from "../../latex/prepare.js";
import { Problem } from "../../problem.js";

/**
 * The formula as the checker reads it, so that what is seen is what was checked: Markdown escapes such as `\_` are
 * undone. Offsets stay the same. A formula that cannot be read at all is left as it is.
 */
export function asRead(source: string): string {
	try {
		const prepared = prepare(source);
		return prepared.unescaped ? prepared.text : source;
	} catch (error) {
		if (error instanceof Problem) return source;
		throw error;
	}
}
