import type { ScriptsToken, Token } from "./token.js";

/**
 * `f \Big|_{x = m}` and `\left. f \right|_{x = m}`: a bar with an equation below it says where what stands before it is looked at.
 * It becomes one token; the bracket that it closes, if it closes one, stays as the empty bracket around what is meant.
 */
export function evaluations(tokens: readonly Token[]): readonly Token[] {
	if (!tokens.some((token, i) => isBar(token) && at(tokens, i))) return tokens;
	const result: Token[] = [];
	const open: number[] = [];
	for (let i = 0; i < tokens.length; i++) {
		const token = tokens[i] as Token;
		const scripts = isBar(token) ? at(tokens, i) : null;
		const start = token.kind === "close" ? open.pop() : undefined;
		const opening = start === undefined ? undefined : result[start];
		if (token.kind === "open") open.push(result.length);
		const isSide = opening?.kind === "open" && opening.delimiter === "|";
		if (!scripts || isSide) {
			result.push(token);
			continue;
		}
		if (opening?.kind === "open" && start !== undefined) {
			result[start] = { ...opening, delimiter: "." };
			result.push({ kind: "close", delimiter: ".", span: token.span });
		}
		result.push({
			kind: "evaluation",
			at: scripts.sub ?? [],
			span: { start: token.span.start, end: scripts.span.end },
		});
		i++;
	}
	return result;
}

function isBar(token: Token): boolean {
	return (
		(token.kind === "bar" && !token.double) ||
		(token.kind === "close" && token.delimiter === "|")
	);
}

/** The scripts behind a bar, where they are an equation below it and nothing else. */
function at(tokens: readonly Token[], i: number): ScriptsToken | null {
	const next = tokens[i + 1];
	const says =
		next?.kind === "scripts" &&
		next.sup === null &&
		next.primes === 0 &&
		next.sub?.some((t) => t.kind === "relation" && t.relation === "=");
	return says ? next : null;
}
