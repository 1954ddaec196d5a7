/** The sheet around a random formula: enough declared names that some of them are read and decided. */
const head = `---
title: Noise
symbols: {a: positive, b: positive, u: real, g: real, h: "real[N]", v: "positive[N]", w: "real[2]", x: "real[N,2]", A: "real[2,2]", phi: "simplex[N,K]"}
---

`;

/** A sheet whose only display is the formula. */
export function framed(formula) {
	return `${head}$$\n${formula}\n$$\n`;
}
