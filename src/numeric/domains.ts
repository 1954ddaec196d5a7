/** A map from the whole line onto the range of a variable, with the logarithm of its slope. */
export interface ChangeOfVariable {
	at(t: number): number;
	logSlope(t: number): number;
	/** 1 − at(t), where rounding would lose it. */
	complement?(t: number): number;
}

const changes: Readonly<
	Record<"real" | "positive" | "unit", ChangeOfVariable>
> = {
	real: { at: (t) => t, logSlope: () => 0 },
	positive: { at: Math.exp, logSlope: (t) => t },
	unit: {
		at: (t) => 1 / (1 + Math.exp(-t)),
		complement: (t) => 1 / (1 + Math.exp(t)),
		logSlope: (t) => -Math.abs(t) - 2 * Math.log1p(Math.exp(-Math.abs(t))),
	},
};

/** What a variable ranges over between two places, either of which may be infinite. */
export function changeBetween(from: number, to: number): ChangeOfVariable {
	const { positive, unit } = changes;
	if (from === -Infinity && to === Infinity) return changes.real;
	if (to === Infinity)
		return { at: (t) => from + positive.at(t), logSlope: positive.logSlope };
	if (from === -Infinity)
		return { at: (t) => to - positive.at(t), logSlope: positive.logSlope };
	const width = to - from;
	return {
		at: (t) =>
			t < 0
				? from + width * unit.at(t)
				: to - width * (unit.complement as typeof unit.at)(t),
		logSlope: (t) => unit.logSlope(t) + Math.log(width),
	};
}

/** The whole line itself, exp onto the positive numbers, the logistic function onto (0, 1). */
export function changeOfVariable(
	range: "real" | "positive" | "unit" | "finite" | "counts",
): ChangeOfVariable {
	if (range === "finite" || range === "counts")
		throw new Error("what takes separate values is listed, not integrated");
	return changes[range];
}
