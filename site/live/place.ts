/**
 * Does some work on the page, after which what the reader looks at is where it was on the screen, though what stands above
 * may have grown or shrunk.
 */
export function keepingPlace(main: Element, work: () => void): void {
	const marks = marksOf(main);
	work();
	const mark = marks.find(({ element }) => element.isConnected);
	if (mark === undefined) return;
	const moved = mark.element.getBoundingClientRect().top - mark.top;
	if (moved !== 0) scrollBy({ top: moved, behavior: "instant" });
}

interface Mark {
	readonly element: Element;
	readonly top: number;
}

/** What is on the screen, from its upper end on, and then, should all of it go, what holds the first of these. */
function marksOf(main: Element): readonly Mark[] {
	// At the very top one stays there, also where something is put in.
	if (scrollY === 0) return [];
	const marks = [...main.querySelectorAll("*")].map(markOf);
	const shown = marks.filter(
		({ element, top }) =>
			top >= 0 && top < innerHeight && element.clientHeight > 0,
	);
	const around: Mark[] = [];
	let element = shown[0]?.element.parentElement ?? null;
	for (; element !== null && element !== main; element = element.parentElement)
		around.push(markOf(element));
	return [...shown, ...around];
}

function markOf(element: Element): Mark {
	return { element, top: element.getBoundingClientRect().top };
}
