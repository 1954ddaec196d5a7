import { readFile } from "node:fs/promises";
import { Problem } from "../problem.js";
import {
	type Means,
	type Published,
	publishSheets,
	type Source,
} from "../publish/index.js";
import { writePages, writeShared } from "../site/assemble.js";
import { page } from "../site/layout.js";
import { notePage } from "../site/notePage.js";
import { Memory } from "./memory.js";
import type { SiteServer } from "./server.js";

/** Keeps what a server shows at what the sheets say now. */
export class LiveSite {
	readonly #server: SiteServer;
	readonly #means: Means;
	/** The files in which no sheet has a say. */
	readonly #shared: Memory;

	private constructor(server: SiteServer, means: Means, shared: Memory) {
		this.#server = server;
		this.#means = means;
		this.#shared = shared;
	}

	static async open(server: SiteServer, means: Means): Promise<LiveSite> {
		const shared = new Memory();
		await writeShared(shared);
		for (const [name, file] of [
			["live.js", "../play/live.js"],
			["live.css", "../../site/styles/live.css"],
		] as const)
			await shared.write(
				["assets", name],
				await readFile(new URL(file, import.meta.url)),
			);
		const note = notePage("Not found", "There is no such page on this site.");
		await shared.write(["404.html"], page(note, "live"));
		const site = new LiveSite(server, means, shared);
		await site.#note("Checked derivations", "The sheets are being checked …");
		return site;
	}

	/**
	 * Makes the site of these sheets; the pages that are open repaint where they differ. A problem with the sheets as a whole
	 * is shown in their place.
	 */
	async show(
		sources: readonly Source[] | Problem,
	): Promise<readonly Published[]> {
		if (sources instanceof Problem) {
			const { message, expected } = sources;
			const wanted = expected === null ? "" : ` Expected: ${expected}.`;
			await this.#note(
				"No sheets",
				`Nothing can be shown: ${message}.${wanted}`,
			);
			return [];
		}
		const onDone = (_: string, done: number, all: number) => {
			if (done < all) this.#server.say(`checked ${done} of ${all} sheets`);
		};
		this.#server.say("checking …");
		const published = await publishSheets(sources, { ...this.#means, onDone });
		const files = new Memory(this.#shared.files);
		const parts = published.map(({ part }) => part);
		await writePages(parts, files, "live");
		this.#server.show(files.files);
		return published;
	}

	/** One thing to say, by the index and in the place of every sheet. */
	async #note(title: string, text: string): Promise<void> {
		const files = new Memory(this.#shared.files);
		for (const name of ["index.html", "404.html"])
			await files.write([name], page(notePage(title, text), "live"));
		this.#server.show(files.files);
	}
}
