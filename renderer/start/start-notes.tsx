import { plural } from '../lib/format.ts';
import { Note } from '../parts/note.tsx';
import { useApp } from '../stores/app-store.ts';

/** What the person has to know before they begin: nothing can be saved, or a content file is broken. */
export function StartNotes() {
  const fault = useApp((state) => state.info?.dataFolderFault);
  const faults = useApp((state) => state.info?.faults.length ?? 0);
  return (
    <>
      {fault && <Note>{fault}</Note>}
      {faults > 0 && (
        <Note action={<a href="#/wizards">Show them</a>}>
          {plural(faults, 'fault')} in the wizards’ files. All wizards that are whole can be used.
        </Note>
      )}
    </>
  );
}
