import { fragmentOf } from "../../../src/site/sheetLink.js";
import { byId } from "./dom.js";

/** Puts the sheet into the page's address, shows the link and copies it where the browser allows that. */
export async function share(
	text: string,
	say: (message: string) => void,
): Promise<void> {
	history.replaceState(null, "", fragmentOf(await packed(text)));
	const field = byId<HTMLInputElement>("link");
	byId("linked").hidden = false;
	field.value = location.href;
	field.select();
	try {
		await navigator.clipboard.writeText(location.href);
		say("The link holds the sheet and was copied.");
	} catch {
		say("The link holds the sheet: copy it.");
	}
}

/** By the browser itself: a page of the site packs as well, but not by what has to be loaded first. */
async function packed(text: string): Promise<Uint8Array> {
	const stream = new Blob([text]).stream();
	const deflated = stream.pipeThrough(new CompressionStream("deflate-raw"));
	return new Uint8Array(await new Response(deflated).arrayBuffer());
}

/** Saves the sheet as a file that is named after its title. */
export function download(text: string, title: string): void {
	const name = title
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, "-")
		.replace(/^-|-$/g, "");
	const link = document.createElement("a");
	link.href = URL.createObjectURL(new Blob([text], { type: "text/markdown" }));
	link.download = `${name || "sheet"}.md`;
	link.click();
	setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
