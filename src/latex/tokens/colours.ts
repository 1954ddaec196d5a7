/** Names of colours, all but white, that CSS knows and a page shows badly. */
const pale = new Set(
	"transparent white snow ivory ghostwhite whitesmoke floralwhite mintcream azure aliceblue honeydew seashell lavenderblush oldlace linen cornsilk beige lightyellow lightcyan antiquewhite papayawhip".split(
		" ",
	),
);

/** Whether ink of this colour can hide on a light page. Unknown names pass as dark. */
export function colourHides(colour: string): boolean {
	const text = colour.trim().toLowerCase();
	if (pale.has(text)) return true;
	const hex = /^#?([0-9a-f]{3,8})$/.exec(text)?.[1];
	if (!hex || ![3, 4, 6, 8].includes(hex.length)) return false;
	const size = hex.length <= 4 ? 1 : 2;
	const parts = [...hex.matchAll(new RegExp(`.{${size}}`, "g"))].map(
		(m) => Number.parseInt(m[0], 16) / (16 ** size - 1),
	);
	const [red = 0, green = 0, blue = 0, alpha = 1] = parts;
	return alpha < 0.5 || 0.299 * red + 0.587 * green + 0.114 * blue > 0.85;
}
