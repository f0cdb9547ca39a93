/**
 * What a door inside of this process may say beside a call. The calls of a page carry none of it, so that a page can
 * never name a path.
 */
export type CallContext = {
  /** The folder of the case that the call makes or is about; else it lies below the data folder, under its id. */
  folder?: string;
  /** Cases are read without their lock, and nothing is written to them. */
  readOnly?: boolean;
  /** Nobody sits at the terminal: commands that ask questions are refused. */
  unattended?: boolean;
};
