import { textOf } from "./bundles.js";
import { byId } from "./dom.js";

/** A sheet to start from. */
interface Sample {
	readonly title: string;
	/** What there is to see in it. */
	readonly about: string;
	readonly text: string;
}

/** Opens the list of sheets, with the draft that the page began with; `onChoice` gets the text of the chosen one. */
export function openGallery(
	onChoice: (text: string) => void,
	draft: string | null,
): void {
	const dialog = byId<HTMLDialogElement>("gallery");
	dialog.showModal();
	if (dialog.querySelector("li")) return;
	const own = draft === null ? [] : [asSample(draft)];
	textOf("sheets").then(
		(text) => fill(dialog, [...own, ...JSON.parse(text)], onChoice),
		(error: unknown) => {
			byId("gallery-sheets").textContent = String(error);
		},
	);
}

function asSample(text: string): Sample {
	const about = "What was written last. This browser alone keeps it.";
	return { title: "Your draft", about, text };
}

function fill(
	dialog: HTMLDialogElement,
	samples: readonly Sample[],
	onChoice: (text: string) => void,
): void {
	for (const { title, about, text } of samples) {
		const item = document.createElement("li");
		const button = document.createElement("button");
		button.type = "button";
		button.textContent = title;
		button.onclick = () => {
			dialog.close();
			onChoice(text);
		};
		const line = document.createElement("p");
		line.textContent = about;
		item.append(button, line);
		byId("gallery-sheets").append(item);
	}
}
