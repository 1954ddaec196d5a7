/** Finds addresses in plain text, which sheets do not ask for. */
export class LinkifyIt {}
