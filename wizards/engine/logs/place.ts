/** A line of one of many files as one number, for those who know lines only. */
const FILE = 2 ** 32;

export const placeIn = (file: number, line: number): number => file * FILE + line;
export const fileOf = (place: number): number => Math.floor(place / FILE);
export const lineIn = (place: number): number => place % FILE;
