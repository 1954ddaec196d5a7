/** Red, green and blue from 0 to 255. */
type Rgb = readonly [number, number, number];

/** Colours that people with any colour vision can tell apart, after Okabe and Ito (2008), and that show on dark and light. */
const palette: readonly Rgb[] = [
	[0, 125, 197],
	[213, 94, 0],
	[0, 158, 115],
	[204, 121, 167],
	[230, 159, 0],
	[86, 180, 233],
];

/** The colour of a component. */
export function componentColour(component: number): string {
	return hex(palette[component % palette.length] as Rgb);
}

/** The colours of the components mixed by weight, as light mixes. */
export function blend(weights: ArrayLike<number>): string {
	const mixed = [0, 1, 2].map((channel) => {
		let light = 0;
		for (let k = 0; k < weights.length; k++) {
			const colour = palette[k % palette.length] as Rgb;
			light +=
				(weights[k] as number) * ((colour[channel] as number) / 255) ** 2.2;
		}
		return Math.round(255 * Math.min(1, light) ** (1 / 2.2));
	});
	return hex(mixed as unknown as Rgb);
}

function hex(colour: Rgb): string {
	return `#${colour.map((c) => c.toString(16).padStart(2, "0")).join("")}`;
}
