/**
 * The sentence that leads up to a formula: the last one of the text before it, on one line. A full stop ends a sentence
 * where white space and a capital follow.
 */
export function lastSentence(before: string): string {
	const text = before.replace(/\s+/g, " ").trim();
	return text.split(/(?<=[.!?]) (?=\p{Lu})/u).at(-1) ?? "";
}

const introduction =
	/^(?:(?:now|next|then|and|so|also|further|here),? )?(?:we )?(?:let|define|denote|introduce)\b/i;

/** Whether a lead-in introduces the name on the left of its formula: "Let …", "We define …". */
export function introduces(leadIn: string): boolean {
	return introduction.test(leadIn);
}

const conclusion =
	/\b(?:hence|thus|therefore|consequently|follows|conclude|(?:we|this|which)(?: then| thus| now)? (?:obtain|get|find|have|see|show|gives?|yields?|implies|means))\b/i;

/** Whether a lead-in makes its formula one that follows from what stands above: "Hence", "It follows that", "we get". */
export function concludes(leadIn: string): boolean {
	return conclusion.test(leadIn);
}
