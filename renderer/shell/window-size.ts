/** The two sizes at which the layout changes; the style sheets use the same numbers. */
import { useMedia } from './use-theme.ts';

const narrow = matchMedia('(max-width: 1100px)');
const short = matchMedia('(max-height: 780px)');

/** The path is folded and the outcomes stand below the command. */
export const useNarrow = (): boolean => useMedia(narrow);
/** The terminal is folded as a rule, and what was captured or recognised takes few lines. */
export const useShort = (): boolean => useMedia(short);
