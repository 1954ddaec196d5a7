import { type Html, html, raw } from "../html.js";
import { letters, shortClass } from "./classes.js";
import { type Element, type Part, partsOf } from "./markup.js";

/** The classes and drawings that markup uses, as plain data: names, and what they stand for. */
export interface Shared {
	readonly styles: readonly (readonly [name: string, key: string])[];
	readonly drawings: readonly (readonly [name: string, path: string])[];
}

/**
 * Says what KaTeX's markup says in half of the bytes, for the formulas of one page. What repeats is said once: each
 * style attribute becomes a class of the page's style sheet, each drawing of a root or brace a symbol that is referred to.
 * Elements that neither look nor act differently from the text in them are left out.
 */
export class Economy {
	private readonly styles = new Map<string, string>();
	private readonly drawings = new Map<string, string>();
	private readonly isLoose: boolean;

	/** `loose` markup stands for itself: styles and drawings stay where they are, so that it needs no rules of its own. */
	constructor(kind: "page" | "loose" = "page") {
		this.isLoose = kind === "loose";
	}

	/** The same formula with classes of this page. */
	shorten(markup: string): string {
		return this.written(partsOf(markup));
	}

	/** The same of markup that was taken apart. */
	written(parts: readonly Part[]): string {
		return parts.map((part) => this.write(part, [])).join("");
	}

	/** Markup that was shortened for another page, for this one. */
	adopt(markup: string, shared: Shared): string {
		const styles = new Map(shared.styles);
		const drawings = new Map(shared.drawings);
		return markup
			.replace(/(?<=<i class=")[^"]*/g, (classes) =>
				classes
					.split(" ")
					.map((name) => {
						const key = styles.get(name);
						return key === undefined ? name : this.styleName(key);
					})
					.join(" "),
			)
			.replace(/(?<=<use href="#)drawing-[a-z]+/g, (name) => {
				const path = drawings.get(name);
				return path === undefined ? name : this.drawingName(path);
			});
	}

	/** What the markup so far uses. */
	get shared(): Shared {
		return {
			styles: [...this.styles].map(([key, name]) => [name, key]),
			drawings: [...this.drawings].map(([path, name]) => [name, path]),
		};
	}

	/** The rules of the classes that were used so far. */
	get css(): string {
		return [...this.styles].map(([key, name]) => rulesOf(name, key)).join("");
	}

	/** The drawings that were used so far, as markup that must stand once on the page. */
	get symbols(): Html {
		if (this.drawings.size === 0) return html``;
		const paths = [...this.drawings].map(([path, name]) =>
			raw(path.replace("<path", `<path id="${name}"`)),
		);
		return html`<svg class="drawings" aria-hidden="true"><defs>${paths}</defs></svg>`;
	}

	/** `around` are the classes of the element's ancestors, the nearest first. */
	private write(part: Part, around: readonly Element[]): string {
		if (typeof part === "string") return part;
		if (part.tag === "path" && !this.isLoose) return this.reference(part);
		if (part.tag === "math") return leanMath(part);
		if (part.tag !== "span") return this.writeOther(part, around);
		const [strut, children] = this.isLoose
			? ["", part.children]
			: takeStrut(part);
		const inner = (ancestors: readonly Element[]) =>
			children.map((child) => this.write(child, ancestors)).join("");
		if (part.classes.includes("katex-mathml")) return this.mathml(part);
		if (part.classes[0] === "katex")
			return `<span class="katex">${inner([part])}</span>`;
		const classes = part.classes
			.map(shortClass)
			.filter((name) => name !== null);
		const own = classes.filter((name, n) => classes.indexOf(name) === n);
		const other = part.classes.filter((name) => isOurs(name));
		const style = this.isLoose ? null : this.ruleFor(part.style, strut);
		const all = [...own, ...other, ...(style === null ? [] : [style])];
		const kept =
			this.isLoose && part.style !== "" ? ` style="${part.style}"` : "";
		const isBare = all.length === 0 && kept === "" && part.rest === "";
		if (isBare && !isHeld(around)) return inner(around);
		const attribute = all.length > 0 ? ` class="${all.join(" ")}"` : "";
		return `<i${attribute}${kept}${part.rest}>${inner([part, ...around])}</i>`;
	}

	/** MathML that is there to be read aloud: without looks, without the source, and without what HTML takes for granted. */
	private mathml(part: Element): string {
		return `<span class="katex-mathml">${part.children.map((child) => leanMath(child, looks)).join("")}</span>`;
	}

	private writeOther(part: Element, around: readonly Element[]): string {
		const rest = part.rest.replace(/\s+xmlns=(?:"[^"]*"|'[^']*')/g, "");
		const classes =
			part.classes.length > 0 ? ` class="${part.classes.join(" ")}"` : "";
		const style = part.style === "" ? "" : ` style="${part.style}"`;
		const children = part.children
			.map((child) => this.write(child, [part, ...around]))
			.join("");
		return `<${part.tag}${classes}${style}${rest}>${children}</${part.tag}>`;
	}

	private reference(path: Element): string {
		return `<use href="#${this.drawingName(`<path${path.rest}/>`)}"/>`;
	}

	private drawingName(path: string): string {
		return named(this.drawings, path, "drawing-");
	}

	/** The class of a style, and of the strut that the element begins with; null if there is neither. */
	private ruleFor(style: string, strut: string): string | null {
		if (style === "" && strut === "") return null;
		return this.styleName(`${style}|${strut}`);
	}

	private styleName(key: string): string {
		return named(this.styles, key, "s");
	}
}

/** The name of something, a new one if it has none yet. */
function named(names: Map<string, string>, key: string, start: string): string {
	const name = names.get(key) ?? `${start}${letters(names.size)}`;
	names.set(key, name);
	return name;
}

/** A key is a style, a stroke, and the style of the strut, which is set as what stands before the content. */
function rulesOf(name: string, key: string): string {
	const [style = "", strut = ""] = key.split("|");
	const own = style === "" ? "" : `.katex .${name}{${style}}`;
	if (strut === "") return own;
	return `${own}.katex .${name}:before{content:"";display:inline-block;overflow:hidden;width:0;${strut}}`;
}

/** A strut at the beginning of an element, by its style, and what follows it. */
function takeStrut(part: Element): readonly [string, readonly Part[]] {
	const [first, ...others] = part.children;
	const isStrut =
		typeof first === "object" &&
		first.classes.length === 1 &&
		first.classes[0] === "pstrut" &&
		first.children.length === 0;
	return isStrut ? [first.style, others] : ["", part.children];
}

/** Classes that the page itself gives to parts of a formula. */
function isOurs(name: string): boolean {
	return name.startsWith("tb-");
}

/** What KaTeX's style sheet says of children and of children's children, by the class of the parent. */
const parents =
	/^(?:vlist|mfrac|katex-inner|delim-size\d|katex-accent|op-limits|col-align-\w|[clr]lap|sqrt|katex-html)$/;
const grandparents = /^(?:vlist|mfrac)$/;

/** Whether an element that says nothing must stay, because the style sheet counts on its place. */
function isHeld([parent, grandparent]: readonly Element[]): boolean {
	return (
		(parent?.classes.some((name) => parents.test(name)) ?? true) ||
		(grandparent?.classes.some((name) => grandparents.test(name)) ?? false)
	);
}

/** Attributes that tell how MathML looks, which does not matter where it is not seen. */
const looks =
	/\s+(?:stretchy|fence|separator|scriptlevel|displaystyle)="[^"]*"/g;

/** `unwanted` are attributes to leave out. */
function leanMath(part: Part, unwanted: RegExp | null = null): string {
	if (typeof part === "string") return part;
	if (part.tag === "annotation") return "";
	const children = part.children
		.map((child) => leanMath(child, unwanted))
		.join("");
	if (part.tag === "semantics") return children;
	const declared = part.rest.replace(/\s+xmlns=(?:"[^"]*"|'[^']*')/g, "");
	const rest = unwanted ? declared.replace(unwanted, "") : declared;
	const style = part.style === "" ? "" : ` style="${part.style}"`;
	const attributes = rest + style;
	// A style that says nothing is a row, and a row of one part is that part.
	const tag = part.tag === "mstyle" && attributes === "" ? "mrow" : part.tag;
	if (tag === "mrow" && attributes === "" && part.children.length === 1)
		return children;
	return `<${tag}${attributes}>${children}</${tag}>`;
}
