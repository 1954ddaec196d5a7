import type { Chain, DisplayReading } from "../latex/surface.js";
import type { Span } from "../problem.js";
import type { Display } from "../sheet/sheet.js";

/** A display of a block, with the offset that its spans are moved by. */
interface Part {
	readonly display: Display;
	readonly from: number;
}

/**
 * The displays of one `::: model` or `::: family` block, which state one model together: their chains, with spans that count
 * through all of them.
 */
export class DeclaringBlock {
	readonly chains: Chain[] = [];
	/** Whether some row could not be read; then the block is not read in part. */
	hasProblems = false;
	private readonly parts: Part[] = [];
	private length = 0;

	constructor(
		readonly role: "model" | "family",
		readonly div: Display["div"],
	) {}

	add(display: Display, reading: DisplayReading): void {
		const from = this.length;
		this.parts.push({ display, from });
		this.length += display.source.length + 1;
		this.chains.push(...moved(reading.chains, from));
		if (reading.problems.length > 0) this.hasProblems = true;
	}

	/** The display that a span of the block is in, and the span there; of no span the first display. */
	at(span: Span | null): {
		readonly display: Display;
		readonly span: Span | null;
	} {
		const start = span?.start ?? 0;
		const { display, from } = this.parts.findLast(
			(p) => p.from <= start,
		) as Part;
		if (!span) return { display, span };
		return {
			display,
			span: { start: span.start - from, end: span.end - from },
		};
	}
}

/** The same content with all spans in it moved by an offset. */
function moved<T>(content: T, by: number): T {
	if (by === 0 || typeof content !== "object" || content === null)
		return content;
	if (Array.isArray(content)) return content.map((c) => moved(c, by)) as T;
	if (isSpan(content))
		return { start: content.start + by, end: content.end + by } as T;
	return Object.fromEntries(
		Object.entries(content).map(([key, part]) => [key, moved(part, by)]),
	) as T;
}

function isSpan(content: object): content is Span {
	return (
		"start" in content &&
		typeof content.start === "number" &&
		"end" in content &&
		typeof content.end === "number"
	);
}
