import { expect, it } from "vitest";
import { seemly } from "../../src/site/html.js";

it("shows what no document may hold, and leaves all else as it is", () => {
	const isUnseemly = (code: number, letter: string) =>
		(/\p{Cc}|\p{Cs}|\p{Noncharacter_Code_Point}/u.test(letter) &&
			!"\t\n\r".includes(letter)) ||
		(0x202a <= code && code <= 0x202e);
	for (let code = 0; code <= 0x10ffff; code += code < 0x3000 ? 1 : 7) {
		const letter = String.fromCodePoint(code);
		const expected = isUnseemly(code, letter) ? "\ufffd" : letter;
		expect(seemly(`a${letter}b`), code.toString(16)).toBe(`a${expected}b`);
	}
	for (const code of [0xfdd0, 0xfdef, 0xfffe, 0xffff, 0x1fffe, 0x10ffff])
		expect(seemly(String.fromCodePoint(code))).toBe("\ufffd");
	expect(seemly("\ud835\udc31 \ud835 \udc31")).toBe("𝐱 \ufffd \ufffd");
});
