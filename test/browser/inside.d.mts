export function widest(): number;
export function liveParts(): string[];
export function marks(): { word: string; color: string; drawn: boolean }[];
export function unnamedControls(): string[];
export function faintTexts(): string[];
export function bringTo(element: unknown, distance: number): void;
