import type { Hints } from "../../src/check/hints.js";
import type { Counts, Region } from "../../src/check/result.js";
import type { Program } from "./program.js";

/** Packages that the worker asks the page for when a sheet first needs them. */
export type PackageName =
	| "mathjs"
	| "nerdamer"
	| "compiler"
	| "yaml"
	| "entities";

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
	readonly stage: Stage;
	readonly title: string;
	readonly counts: Counts;
	/** The markup above the blocks. */
	readonly head: string;
	readonly blocks: Patch;
	readonly findings: readonly Finding[];
	readonly names: readonly Name[];
	readonly ms: number;
}

/** What is known: some of the verdicts, all of them, or the repairs of what is refuted too. */
export type Stage = "checking" | "checked" | "whole";

/** The markup of the sheet's blocks, of which the first and the last ones are those that were posted before. */
export interface Patch {
	/** How many of the first ones stay, and how many of the last. */
	readonly first: number;
	readonly last: number;
	/** Those between them. */
	readonly fresh: readonly string[];
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
	/** By which the shown sheet knows the step or update. */
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
