import { ExportDialog } from '../export/export-dialog.tsx';
import type { OpenDialog } from '../stores/app-store.ts';
import { KeysDialog } from './keys-dialog.tsx';
import { SettingsDialog } from './settings-dialog.tsx';

/** The dialogs that any screen can open, loaded with the first of them. */
export function Dialogs({ open }: { open: Exclude<OpenDialog, null> }) {
  if (open === 'keys') return <KeysDialog />;
  return open === 'settings' ? <SettingsDialog /> : <ExportDialog />;
}
