export function partsOf(sheet: string): string;
