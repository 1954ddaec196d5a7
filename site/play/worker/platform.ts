import { sha256 as digest } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { load } from "./packages.js";

/** What `src/platform.ts` is for Node, for a worker: the build puts it in that file's place. */

export function sha256(text: string): string {
	return bytesToHex(digest(utf8ToBytes(text)));
}

export const packages = {
	mathjs: () => load("mathjs"),
	nerdamer: () => load("nerdamer"),
};
