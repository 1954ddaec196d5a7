import type { FactoryFunctionMap, MathNode } from "mathjs";
import { packages } from "../platform.js";

/** The part of mathjs' expression tree that is read; its typings leave the kinds of nodes apart. */
export interface PlainNode {
	readonly type: string;
	readonly name?: string;
	readonly value?: unknown;
	readonly op?: string;
	readonly args?: readonly PlainNode[];
	readonly implicit?: boolean;
	readonly fn?: PlainNode | string;
	readonly content?: PlainNode;
	readonly object?: PlainNode;
	readonly index?: PlainNode;
	readonly dimensions?: readonly PlainNode[];
	readonly items?: readonly PlainNode[];
	readonly start?: PlainNode;
	readonly end?: PlainNode;
	readonly step?: PlainNode | null;
	readonly conditionals?: readonly string[];
	readonly params?: readonly PlainNode[];
}

export type Parse = (text: string) => PlainNode;

let loading: Promise<Parse> | null = null;

/**
 * mathjs' parser alone, loaded when the first block is read (it takes a second). Numerals keep all their digits; no
 * constants and no units are known, which would else make φ the golden ratio and m a metre.
 */
export function loadParser(): Promise<Parse> {
	loading ??= load();
	return loading;
}

async function load(): Promise<Parse> {
	const { create, parseDependencies } = await packages.mathjs();
	const math = create(parseDependencies as FactoryFunctionMap, {
		number: "BigNumber",
	});
	const parse = math.parse as (text: string) => MathNode;
	return (text) => parse(text) as unknown as PlainNode;
}
