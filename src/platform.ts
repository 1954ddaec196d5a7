import { createHash } from "node:crypto";

/**
 * What Node and a browser do differently. The playground's build puts `site/play/worker/platform.ts` in the place of this
 * file, so that the checker needs nothing of Node.
 */

/** SHA-256 of a text in UTF-8, as hex digits. */
export function sha256(text: string): string {
	return createHash("sha256").update(text).digest("hex");
}

/** Packages that are large, and loaded when a sheet first needs them. */
export const packages = {
	mathjs: () => import("mathjs"),
	nerdamer: () => import("nerdamer"),
};
