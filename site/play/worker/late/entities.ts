import { scope } from "../scope.js";

interface Entities {
	decodeHTMLStrict(text: string): string;
}

/** The two thousand names of characters, which a text that names none does not load. */
export function decodeHTMLStrict(text: string): string {
	return (scope.tightbound_entities as Entities).decodeHTMLStrict(text);
}
