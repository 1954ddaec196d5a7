export interface ReadBack {
	readonly path: string;
	readonly line: number;
	readonly written: string;
	readonly repair: { readonly latex: string; readonly kind: string } | null;
	/** What is said where the repair was put; null where there is none. */
	readonly verdict: string | null;
	readonly reason?: string;
}
export function sheetsIn(path: string): string[];
export function readBack(path: string, most?: number): Promise<ReadBack[]>;
