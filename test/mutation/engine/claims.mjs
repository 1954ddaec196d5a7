import { claimOf } from "../../../dist/check/claimOf.js";
import { DeclaringBlock } from "../../../dist/check/declaringBlock.js";
import { placeOf } from "../../../dist/check/place.js";
import { elaborateChain } from "../../../dist/elaborate/chain.js";
import {
	declareSymbols,
	emptyContext,
	emptyState,
	lexiconOf,
} from "../../../dist/elaborate/context.js";
import { readFamily } from "../../../dist/elaborate/family.js";
import { readModel } from "../../../dist/elaborate/model.js";
import { readDisplay } from "../../../dist/latex/read.js";
import { readSheet } from "../../../dist/sheet/read.js";

/** The claims of a sheet's steps on some lines, by line, read and not decided. */
export function claimsOf(text, name, lines) {
	const sheet = readSheet(text, name);
	let context = emptyContext();
	for (const { name: symbol, value, line } of sheet.symbols)
		context = declareSymbols(context, { [symbol]: value }, line);
	let state = emptyState(context);
	let previous = null;
	const macros = {};
	const found = new Map();
	let block = null;
	const declare = () => {
		if (!block) return;
		const read = block.role === "model" ? readModel : readFamily;
		state = read(block.chains, state);
		block = null;
	};
	for (const display of sheet.displays) {
		if (
			display.role === "aside" ||
			display.role === "updates" ||
			display.notation !== "latex"
		)
			continue;
		const { role, div } = display;
		if (block?.role !== role || block.div !== div) declare();
		const reading = readDisplay(display.source, {
			lexicon: lexiconOf(state),
			macros,
		});
		if (role === "model" || role === "family") {
			block ??= new DeclaringBlock(role, div);
			block.add(display, reading);
			continue;
		}
		for (const chain of reading.chains) {
			const read = elaborateChain(
				chain,
				state,
				chain.continues ? previous : null,
			);
			state = read.state;
			previous = read.last;
			for (const step of read.steps) {
				if (
					step.kind !== "compare" ||
					step.relation === "define" ||
					step.condition ||
					isOfSeveral(step)
				)
					continue;
				const { line } = placeOf(display, step.span);
				if (lines.has(line) && !found.has(line)) found.set(line, claimOf(step));
			}
		}
	}
	return found;
}

/** Whether a constant is one in several variables, which makes the step several claims. */
function isOfSeveral({ alsoFree }) {
	return alsoFree.length > 0;
}
