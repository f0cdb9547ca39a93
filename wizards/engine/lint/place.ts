/** The way to a part of a file's data: keys and list positions. */
export type Path = readonly (string | number)[];
/** Both count from 1. */
export type Place = { line: number; column: number };
