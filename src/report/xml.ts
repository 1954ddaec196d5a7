const entities: Readonly<Record<string, string>> = {
	"&": "&amp;",
	"<": "&lt;",
	">": "&gt;",
	'"': "&quot;",
	"\n": "&#10;",
	"\t": "&#9;",
};

/** Text for XML 1.0, safe between tags and in attributes; characters that XML cannot hold become `�`. */
export function escapeXml(text: string): string {
	return text.replace(
		/[&<>"]|\p{Control}|\p{Surrogate}|\p{Noncharacter_Code_Point}/gu,
		(character) => entities[character] ?? "\uFFFD",
	);
}
