import { useCase } from '../stores/case-store.ts';
import { ReviewDialog } from '../verdict/review-dialog.tsx';
import { PasteDialog } from './paste-dialog.tsx';
import { TypedDialog } from './typed-dialog.tsx';

/** The dialogs of a case, loaded when the first of them opens. */
export function CaseDialogs() {
  const asking = useCase((state) => state.asking);
  if (asking?.kind === 'paste') return <PasteDialog asking={asking} />;
  if (asking?.kind === 'typed') return <TypedDialog />;
  if (asking?.kind === 'review') return <ReviewDialog command={asking.command} shell={asking.shell} />;
  return null;
}
