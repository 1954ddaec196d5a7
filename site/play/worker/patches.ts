import type { Patch } from "../protocol.js";

/** Blocks that were posted, so that of the next ones only those are posted that differ. */
export class Patches {
	private posted: readonly string[] = [];

	/** What turns the blocks that were posted last into these. */
	to(blocks: readonly string[]): Patch {
		const { posted } = this;
		const most = Math.min(posted.length, blocks.length);
		let first = 0;
		while (first < most && posted[first] === blocks[first]) first += 1;
		let last = 0;
		while (
			last < most - first &&
			posted[posted.length - 1 - last] === blocks[blocks.length - 1 - last]
		)
			last += 1;
		this.posted = blocks;
		return { first, last, fresh: blocks.slice(first, blocks.length - last) };
	}
}
