import { useApp } from '../stores/app-store.ts';

/** Says to screen readers what sighted people see change: recorded, running, what the output suggests. */
export function Announcer() {
  const text = useApp((state) => state.announcement);
  return (
    <output className="visually-hidden" aria-live="polite">
      {text}
    </output>
  );
}
