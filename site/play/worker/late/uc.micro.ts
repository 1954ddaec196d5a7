// Classes of characters, by the browser's own tables in the place of a copy of them.
export const Any = /[\0-\u{10ffff}]/u;
export const Cc = /\p{Cc}/u;
export const Cf = /\p{Cf}/u;
export const P = /\p{P}/u;
export const S = /\p{S}/u;
export const Z = /\p{Z}/u;
