/**
 * The text that was written last, kept by this browser for this page alone: nothing is sent. Where a browser keeps nothing,
 * because it is told to or because of where the page comes from, there is no draft.
 */
const key = "tightbound-draft";

/** Milliseconds after the last change. */
const rest = 400;

let timer: ReturnType<typeof setTimeout> | undefined;
let unsaved: string | null = null;

export function draft(): string | null {
	try {
		return localStorage.getItem(key);
	} catch {
		return null;
	}
}

/** Keeps a text soon, and at the latest when the page is left. */
export function keepDraft(text: string): void {
	unsaved = text;
	clearTimeout(timer);
	timer = setTimeout(save, rest);
}

addEventListener("pagehide", save);

function save(): void {
	if (unsaved === null) return;
	try {
		localStorage.setItem(key, unsaved);
	} catch {
		// The page works without.
	}
	unsaved = null;
}
