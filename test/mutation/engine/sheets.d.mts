export interface SheetToBreak {
	readonly name: string;
	readonly text: string;
	readonly lines: ReadonlySet<number>;
}
export function sheets(): readonly SheetToBreak[];
