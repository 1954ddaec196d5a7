export function hostileSheets(): {
	readonly files: ReadonlyMap<string, string | Uint8Array>;
	readonly says: ReadonlyMap<string, string>;
};
