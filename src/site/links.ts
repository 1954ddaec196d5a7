import { anchorOf } from "./anchors.js";

/** Pages of the site by the path of their sheet, `/` between folders. */
export type PagesByPath = ReadonlyMap<string, string>;

/**
 * Where a link of a sheet leads on the site: web and mail addresses as they are, a sheet to its page, a fragment to its
 * anchor. Null for everything else: scripts and data, and files that the site does not hold.
 */
export function resolveLink(
	href: string,
	sheetPath: string,
	pages: PagesByPath,
): string | null {
	const address = href.trim();
	if (/^(?:https?:\/\/|mailto:)/i.test(address)) return address;
	if (/^[a-z][a-z\d+.-]*:|^\/\//i.test(address)) return null;
	const [file = "", fragment] = address.split("#", 2);
	const target = fragment ? `#${anchorOf(decoded(fragment))}` : "";
	if (file === "") return target === "" ? null : target;
	const page = pages.get(relativeTo(sheetPath, decoded(file)));
	return page === undefined ? null : page + target;
}

function decoded(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}

/** The path of `file` as seen from the folder of `base`, without `.` and `..`. */
function relativeTo(base: string, file: string): string {
	const parts = normalPath(base).split("/").slice(0, -1);
	for (const part of file.split("/")) {
		if (part === "..") parts.pop();
		else if (part !== "." && part !== "") parts.push(part);
	}
	return parts.join("/");
}

/** A path with `/` between folders and no leading `./`. */
export function normalPath(path: string): string {
	return path.replaceAll("\\", "/").replace(/^(?:\.\/)+/, "");
}
