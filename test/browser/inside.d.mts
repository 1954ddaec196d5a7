export function widest(): number;
export function liveParts(): string[];
export function marks(): { word: string; color: string; drawn: boolean }[];
export function unnamedControls(): string[];
export function faintTexts(): string[];
export function bringTo(element: unknown, distance: number): void;
export function deadLinks(): string[];
export function addresses(): string[];
export function loadedFonts(): Promise<string[]>;
export function scrollBehaviour(): string;
export function whatIsThere(): {
	readonly owned: boolean;
	readonly elements: readonly string[];
	readonly attributes: readonly string[];
	readonly foreign: readonly string[];
};
export function accessibilityProblems(): Promise<string[]>;
export function watchPreview(): void;
export function movedPieces(): readonly (string | null)[];
