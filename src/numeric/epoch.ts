/**
 * Counts the times that a bound variable was given a value or lost it: what was computed from such values still holds as
 * long as the count stands.
 */
let count = 0;

export function epoch(): number {
	return count;
}

export function advance(): void {
	count += 1;
}
