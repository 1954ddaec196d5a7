import type { Hints } from "../../src/check/hints.js";
import type { Counts, Region } from "../../src/check/result.js";
import type { Program } from "./program.js";

/** Packages that the worker asks the page for when a sheet first needs them. */
export type PackageName = "mathjs" | "nerdamer" | "compiler";

/** A text to be checked. */
export interface Task {
	/** Counts up; an older text is given up when a newer one comes. */
	readonly version: number;
	readonly text: string;
	readonly hints: Hints;
}

/** What the page tells the worker. */
export type ToWorker =
	| ({ readonly kind: "check" } & Task)
	/** Asks for the algorithm of the sheet that was reported last. */
	| { readonly kind: "compile" }
	| {
			readonly kind: "package";
			readonly name: PackageName;
			/** A classic script; null if it could not be had. */
			readonly text: string | null;
	  };

/** What the worker tells the page. */
export type ToPage =
	| { readonly kind: "ready" }
	| { readonly kind: "report"; readonly report: Report }
	| { readonly kind: "want"; readonly name: PackageName }
	/** The checker itself went wrong. */
	| {
			readonly kind: "failed";
			readonly version: number;
			readonly message: string;
	  }
	| { readonly kind: "compiled"; readonly compiled: Compiled }
	/** A sign of life, with the line whose turn it is. */
	| { readonly kind: "pulse"; readonly line: number };

/** The algorithm of a sheet, or why there is none. */
export type Compiled =
	| { readonly program: Program }
	| { readonly reason: string };

/** A sheet as it is shown. */
export interface Report {
	readonly version: number;
	/** False while verdicts are still to come. */
	readonly isChecked: boolean;
	readonly title: string;
	readonly counts: Counts;
	/** The markup above the blocks, and that of the sheet's blocks in order. */
	readonly head: string;
	readonly blocks: readonly string[];
	readonly findings: readonly Finding[];
	readonly names: readonly Name[];
	readonly ms: number;
}

/** Something to be shown at its place in the text; lines and columns from 1. */
export interface Finding {
	readonly severity: "error" | "warning";
	readonly region: Region;
	readonly message: string;
	readonly repair: Offer | null;
}

/** A repair that can be put into the text. */
export interface Offer {
	/** The anchor of the step or update, `step-3`. */
	readonly item: string;
	readonly latex: string;
	readonly replaces: Region;
}

/** A symbol of the sheet, for completion. */
export interface Name {
	readonly latex: string;
	readonly detail: string;
}

export type { Counts, Hints, Region };
