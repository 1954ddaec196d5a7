import { deflateSync, Inflate, strFromU8, strToU8 } from "fflate";

/** Longest sheet that is taken from a link, in bytes. */
const longest = 2_000_000;

/** Compressed bytes that are unpacked at a time, so that a bomb is noticed before it goes off. */
const portion = 1024;

/** Links of pages that are longer than this, in characters, help nobody: the page would be mostly its own source. */
const longestLink = 30_000;

/** The address of the playground with this very sheet in it, from a page of the site; null if it would be too long. */
export function playAddress(text: string): string | null {
	const fragment = fragmentOf(deflateSync(strToU8(text), { level: 9 }));
	return fragment.length > longestLink ? null : `play/index.html${fragment}`;
}

/** A fragment that holds a sheet, packed by DEFLATE: nothing of it is sent to a server. */
export function fragmentOf(packed: Uint8Array): string {
	const binary = Array.from(packed, (byte) => String.fromCharCode(byte));
	const base64 = btoa(binary.join(""));
	const address = base64.replace(/\+/g, "-").replace(/\//g, "_");
	return `#sheet=${address.replace(/=+$/, "")}`;
}

/**
 * The sheet that a fragment holds; null if it holds none.
 * @throws Error if it cannot be unpacked, or is too long
 */
export function sheetIn(fragment: string): string | null {
	const packed = /^#sheet=([\w-]+)$/.exec(fragment)?.[1];
	if (packed === undefined) return null;
	const base64 = packed.replace(/-/g, "+").replace(/_/g, "/");
	const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
	return strFromU8(unpacked(bytes));
}

function unpacked(bytes: Uint8Array): Uint8Array {
	const chunks: Uint8Array[] = [];
	let size = 0;
	let isWhole = false;
	const inflate = new Inflate((chunk, isLast) => {
		size += chunk.length;
		if (size > longest) throw new Error("the sheet is too long");
		chunks.push(chunk);
		isWhole = isLast;
	});
	for (let at = 0; at < bytes.length; at += portion)
		inflate.push(
			bytes.subarray(at, at + portion),
			at + portion >= bytes.length,
		);
	if (!isWhole) throw new Error("the link has been cut short");
	const whole = new Uint8Array(size);
	let end = 0;
	for (const chunk of chunks) {
		whole.set(chunk, end);
		end += chunk.length;
	}
	return whole;
}
