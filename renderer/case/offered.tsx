import { Button } from '@fluentui/react-components';
import { ago } from '../lib/format.ts';
import { Note } from '../parts/note.tsx';
import { reuseCapture } from '../stores/case-actions.ts';
import { useCase } from '../stores/case-store.ts';

/** An output of this case that was captured with the very same values: it can serve again, with its age in view. */
export function Offered() {
  const offered = useCase((state) => state.view?.step?.offered ?? null);
  const commands = useCase((state) => state.view?.step?.commands ?? null);
  const captures = useCase((state) => state.view?.step?.captures ?? null);
  const newest = offered?.findLast((offer) => !captures?.some((capture) => capture.command === offer.command));
  if (!newest || !commands) return null;
  const title = commands.find((command) => command.id === newest.command)?.title ?? newest.command;
  return (
    <Note
      action={
        <Button size="small" onClick={() => void reuseCapture(newest.capture)}>
          Use it
        </Button>
      }
    >
      “{title}” was captured {ago(newest.startedAt, new Date())} with the same values.
    </Note>
  );
}
