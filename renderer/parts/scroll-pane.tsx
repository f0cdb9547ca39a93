import type { ReactNode } from 'react';

/** Text that scrolls in its own box, by keyboard too. */
export function ScrollPane(props: { label: string; className: string | undefined; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable without a mouse.
    <section className={props.className} aria-label={props.label} tabIndex={0}>
      <pre>{props.children}</pre>
    </section>
  );
}
