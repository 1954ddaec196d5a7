// Functions that run inside of a page, to look at what the browser made of it.

/** The width that the page would like to have. */
export function widest() {
	return document.scrollingElement?.scrollWidth ?? 0;
}

/** Everything that could run or lead to a script. */
export function liveParts() {
	const all = [...document.querySelectorAll("*")];
	return [
		...document.querySelectorAll("script, iframe, object, embed, form, base"),
		...all.filter((element) =>
			element.getAttributeNames().some((name) => name.startsWith("on")),
		),
		...[...document.querySelectorAll("a")].filter(
			(link) => !/^(?:https?|mailto|file):$/.test(link.protocol),
		),
	].map((element) => element.outerHTML);
}

/** Word, colour and drawing of each verdict. */
export function marks() {
	return [...document.querySelectorAll(".verdict .mark")].map((mark) => ({
		word: mark.textContent.trim(),
		color: getComputedStyle(mark).color,
		drawn: mark.querySelector("svg").getBoundingClientRect().width > 8,
	}));
}

/** What takes the focus and has nothing that a screen reader could say. */
export function unnamedControls() {
	return [...document.querySelectorAll("a, summary, [tabindex]")]
		.filter((element) => {
			const name = element.getAttribute("aria-label") ?? element.textContent;
			return name.trim() === "";
		})
		.map((element) => element.outerHTML);
}

/** Texts whose contrast with what is behind them is below 4.5 (3 for large ones), by the formula of WCAG 2. */
export function faintTexts() {
	const channels = (color) => [
		...(color.match(/[\d.]+/g) ?? []).map(Number),
		1,
	];
	const luminance = (color) => {
		const [r, g, b] = channels(color).map((value) => {
			const share = value / 255;
			return share <= 0.04045
				? share / 12.92
				: ((share + 0.055) / 1.055) ** 2.4;
		});
		return 0.2126 * r + 0.7152 * g + 0.0722 * b;
	};
	const ground = (element) => {
		for (let at = element; at !== null; at = at.parentElement) {
			const color = getComputedStyle(at).backgroundColor;
			if (channels(color)[3] !== 0) return color;
		}
		return "rgb(255, 255, 255)";
	};
	const faint = [];
	for (const element of document.querySelectorAll("body *")) {
		const own = [...element.childNodes].some(
			(node) => node.nodeType === 3 && node.textContent.trim() !== "",
		);
		const shown = element.getBoundingClientRect().width > 0;
		if (!own || !shown || element.closest("svg, .katex-mathml")) continue;
		const style = getComputedStyle(element);
		const levels = [luminance(style.color), luminance(ground(element))];
		const ratio = (Math.max(...levels) + 0.05) / (Math.min(...levels) + 0.05);
		const large = Number.parseFloat(style.fontSize) >= 24;
		if (ratio < (large ? 3 : 4.5)) faint.push(element.outerHTML.slice(0, 200));
	}
	return faint;
}

/** Scrolls an element to this distance from the upper end of the screen. */
export function bringTo(element, distance) {
	const { top } = element.getBoundingClientRect();
	scrollBy({ top: top - distance, behavior: "instant" });
}

/** Formulas that end beyond the page, or lie under a verdict; and verdicts that begin or end beyond it. */
export function cutOff() {
	const width = document.documentElement.clientWidth;
	const boxes = (row, selector) =>
		[...row.querySelectorAll(selector)].map((element) =>
			element.getBoundingClientRect(),
		);
	const meet = (a, b) =>
		a.right > b.left &&
		a.left < b.right &&
		a.bottom > b.top &&
		a.top < b.bottom;
	return [...document.querySelectorAll(".row")]
		.filter((row) => {
			const formulas = boxes(row, ".cell > .katex");
			const verdicts = boxes(row, ".margin .mark, .margin .rules");
			return (
				[...formulas, ...verdicts].some(
					(box) => box.left < 0 || box.right > width + 1,
				) || formulas.some((a) => verdicts.some((b) => meet(a, b)))
			);
		})
		.map((row) => row.textContent.slice(0, 200));
}

/** Links to a place on the page that is not there. */
export function deadLinks() {
	return [...document.querySelectorAll("a")]
		.filter(
			(link) =>
				link.hash !== "" &&
				link.pathname === location.pathname &&
				!document.getElementById(decodeURIComponent(link.hash.slice(1))),
		)
		.map((link) => link.outerHTML);
}

/** Where all links lead. */
export function addresses() {
	return [...document.querySelectorAll("a")].map((link) => link.href);
}

/** The families of which a font was loaded. */
export async function loadedFonts() {
	await document.fonts.ready;
	return [...document.fonts]
		.filter((font) => font.status === "loaded")
		.map((font) => font.family.replaceAll('"', ""));
}

export function scrollBehaviour() {
	return getComputedStyle(document.documentElement).scrollBehavior;
}

/** What the page is made of, and whether a hostile script has run. `foreign` is what looks like a part of the page's frame and is not. */
export function whatIsThere() {
	const all = [...document.querySelectorAll("*")];
	const attributes = all.flatMap((element) =>
		element.localName === "img" ? [] : element.getAttributeNames(),
	);
	const ids = all.map((element) => element.id).filter((id) => id !== "");
	const seen = new Set();
	const twice = ids.filter((id) => seen.size === seen.add(id).size);
	const fixed = all.filter((element) => element.style?.position === "fixed");
	return {
		owned: "owned" in window,
		elements: [...new Set(all.map((element) => element.localName))],
		attributes: [...new Set(attributes)],
		foreign: [
			...twice.map((id) => `two elements are named ${id}`),
			...fixed.map((element) => element.outerHTML.slice(0, 80)),
		],
	};
}

/** What axe, which must be on the page already, says against it. It is not to load style sheets, which the policy forbids. */
export async function accessibilityProblems() {
	const { violations } = await axe.run({ preload: false });
	return violations.flatMap(({ id, nodes }) =>
		nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`),
	);
}

/** Begins to note what is put into the playground's sheet. */
export function watchPreview() {
	globalThis.moved = [];
	new MutationObserver((changes) => {
		for (const { addedNodes } of changes)
			for (const node of addedNodes) globalThis.moved.push(node.textContent);
	}).observe(document.getElementById("preview"), {
		childList: true,
		subtree: true,
	});
}

/** The texts of what was put there since. */
export function movedPieces() {
	return globalThis.moved;
}
