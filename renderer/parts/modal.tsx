import {
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components';
import { type ReactNode, useEffect, useState } from 'react';
import styles from './modal.module.css';

interface Props {
  title: string;
  children: ReactNode;
  actions: ReactNode;
  onClose: () => void;
  wide?: boolean;
  /** A question that has to be answered: a click beside it does not close it. */
  alert?: boolean;
}

/** A dialog as all of ours are. Escape closes it and the focus goes back to where it was. */
export function Modal({ title, children, actions, onClose, wide, alert }: Props) {
  useFocusBack();
  return (
    <Dialog
      open
      modalType={alert ? 'alert' : 'modal'}
      onOpenChange={(_, data) => {
        if (!data.open) onClose();
      }}
    >
      <DialogSurface className={wide ? styles.wide : styles.surface} aria-describedby={undefined}>
        <DialogBody className={styles.body}>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent className={styles.content}>{children}</DialogContent>
          <DialogActions>{actions}</DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

/**
 * What Fluent's dialog leaves undone when it is taken away: without a trigger of its own the focus goes nowhere, and
 * where no other part of Fluent that tends the focus is in use, the page stays hidden from screen readers.
 */
function useFocusBack(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      document.getElementById('root')?.removeAttribute('aria-hidden');
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    },
    [before],
  );
}
