import type { Compiled } from "../../protocol.js";
import { byId, element } from "../dom.js";
import { AlgorithmPanel } from "./panel.js";

/** The part of the page that shows the algorithm; made anew only where the algorithm itself has changed. */
export class AlgorithmView {
	private readonly place = byId("algorithm");
	private panel: AlgorithmPanel | null = null;
	private identity = "";

	show(compiled: Compiled): void {
		if ("reason" in compiled) {
			this.close();
			this.place.replaceChildren(element("p", {}, compiled.reason));
			return;
		}
		const { program } = compiled;
		if (this.panel && program.identity === this.identity) return;
		this.close();
		this.identity = program.identity;
		this.panel = new AlgorithmPanel(this.place, program);
	}

	close(): void {
		this.panel?.close();
		this.panel = null;
	}
}
