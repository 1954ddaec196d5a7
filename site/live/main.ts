import { keepingPlace } from "./place.js";
import { repaint } from "./repaint.js";
import { loadStyles, nameOf, styleLinks } from "./styles.js";

/**
 * What a page of `serve` does: it hears from its server which files of the site have changed, and repaints itself where
 * it is made of one of them. It is the only script on the page, and comes from that server.
 */
const status = document.createElement("p");
status.className = "live-status";
status.setAttribute("role", "status");
document.body.append(status);

function say(text: string): void {
	status.textContent = text;
}

const everything = () => true;
let wasLost = false;
/** Of two renewals at a time the later one counts. */
let latest = 0;

const events = new EventSource("/live");
events.addEventListener("doing", ({ data }) => say(String(JSON.parse(data))));
events.addEventListener("changed", ({ data }) => {
	const names = new Set<string>(JSON.parse(data));
	const hasChanged = (name: string) => names.has(name);
	if (ownFiles().some(hasChanged)) void renew(hasChanged);
	else say("");
});
events.addEventListener("error", () => {
	wasLost = true;
	say("The server does not answer; this page waits for it.");
});
events.addEventListener("open", () => {
	// What has changed in the meantime, nobody knows.
	if (wasLost) void renew(everything);
	wasLost = false;
});

/** What the page is made of, by names below the root of the site. */
function ownFiles(): string[] {
	const page = nameOf(location.href);
	return [page, ...styleLinks(document).map((link) => nameOf(link.href))];
}

/** Fetches the page anew and shows it at the place where the reader is. */
async function renew(hasChanged: (name: string) => boolean): Promise<void> {
	const turn = ++latest;
	try {
		const response = await fetch(location.pathname, { cache: "no-cache" });
		const text = await response.text();
		const next = new DOMParser().parseFromString(text, "text/html");
		const [now, then] = [mainOf(document), mainOf(next)];
		if (now === null || then === null) return;
		const useStyles = await loadStyles(next, hasChanged);
		if (turn !== latest) return;
		keepingPlace(now, () => {
			useStyles();
			document.title = next.title;
			repaint(now, then);
		});
		say("");
	} catch {
		say("This page could not be renewed; it waits for the server.");
	}
}

function mainOf(page: Document): Element | null {
	return page.querySelector("main");
}
