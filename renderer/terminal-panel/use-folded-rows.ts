import { useEffect } from 'react';
import type { TerminalView } from '../terminal/terminal-view.ts';

const FOLDED_ROWS = 3;
/** Above the first row, as in terminal-panel.module.css. */
const PADDING = 4;

/**
 * Folded, the terminal keeps its size, so that the shell does not notice, and is moved up behind a frame of three
 * rows until the row of the cursor is the last one in it.
 */
export function useFoldedRows(
  view: TerminalView | null,
  frame: HTMLElement | null,
  element: HTMLElement | null,
  folded: boolean,
): void {
  useEffect(() => {
    if (!view || !frame || !element) return;
    if (!folded) {
      element.style.transform = '';
      element.style.height = '';
      frame.style.height = '';
      return;
    }
    const { terminal } = view;
    element.style.height = `${Math.max(element.clientHeight, 120)}px`;
    let planned = 0;
    const place = () => {
      const screen = element.querySelector<HTMLElement>('.xterm-screen');
      const row = screen && terminal.rows > 0 ? screen.clientHeight / terminal.rows : 17;
      const above = Math.max(0, terminal.buffer.active.cursorY + 1 - FOLDED_ROWS);
      frame.style.height = `${Math.round(row * FOLDED_ROWS) + PADDING}px`;
      element.style.transform = `translateY(-${Math.round(above * row) + PADDING}px)`;
    };
    const placeSoon = () => {
      cancelAnimationFrame(planned);
      planned = requestAnimationFrame(place);
    };
    place();
    const moved = terminal.onCursorMove(placeSoon);
    const drawn = terminal.onRender(placeSoon);
    return () => {
      cancelAnimationFrame(planned);
      moved.dispose();
      drawn.dispose();
    };
  }, [view, frame, element, folded]);
}
