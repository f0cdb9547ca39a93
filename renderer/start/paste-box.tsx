import { Button } from '@fluentui/react-components';
import { type ClipboardEvent, memo, useEffect, useMemo, useRef } from 'react';
import { bytes, plural } from '../lib/format.ts';
import { type Range, recognisedRanges } from '../lib/highlight.ts';
import { changeText, clearIntake, useIntake } from '../stores/intake-store.ts';
import styles from './start.module.css';
import { useFileDrop } from './use-file-drop.ts';

/** A text longer than this is held beside the box: a page's field gets slow with it. */
const LONGEST_EDITED = 200_000;

/** The box that takes everything. What was recognised in the text is marked in it. */
export function PasteBox() {
  const text = useIntake((state) => state.text);
  const files = useIntake((state) => state.files);
  const dropping = useFileDrop();
  return (
    <div className={styles.box} data-dropping={dropping || undefined}>
      {files.length > 0 && <div className={styles.files}>From {files.join(', ')}</div>}
      {text.length > LONGEST_EDITED ? <Held text={text} /> : <Editor text={text} />}
      {text !== '' && (
        <Button className={styles.clear} appearance="subtle" size="small" onClick={clearIntake}>
          Clear
        </Button>
      )}
    </div>
  );
}

function Editor({ text }: { text: string }) {
  // The lines of a mail that was taken apart are not those in the box.
  const unpacked = useIntake((state) => state.result?.unpacked);
  const findings = useIntake((state) => (state.result?.unpacked ? undefined : state.result?.findings));
  const area = useRef<HTMLTextAreaElement>(null);
  const editor = useRef<HTMLDivElement>(null);
  const ranges = useMemo(() => (findings ? recognisedRanges(text, findings) : []), [text, findings]);
  useEffect(() => area.current?.focus(), []);
  useEffect(() => {
    // A short window leaves the box a few lines: those with the first mark.
    const mark = ranges.length > 0 ? editor.current?.querySelector<HTMLElement>('mark') : null;
    if (mark && editor.current) editor.current.scrollTop = mark.offsetTop - 14;
  }, [ranges]);
  const onPaste = (event: ClipboardEvent<HTMLTextAreaElement>) => {
    const pasted = event.clipboardData.getData('text/plain');
    const target = event.currentTarget;
    const whole = target.selectionStart === 0 && target.selectionEnd === target.value.length;
    // Taken over only where the field would choke on it; else the field's own undo stays whole.
    if (pasted.length <= LONGEST_EDITED || !whole) return;
    event.preventDefault();
    changeText(pasted, { now: true });
  };
  return (
    <div className={styles.editor} ref={editor} data-recognised={unpacked || ranges.length > 0 || undefined}>
      <Marks text={text} ranges={ranges} />
      <textarea
        ref={area}
        className={styles.area}
        aria-label="What do you have?"
        placeholder="The event as Event Viewer copies it, or out of a mail, or a sentence: mail to the other site hangs in the queue…"
        spellCheck={false}
        value={text}
        onPaste={onPaste}
        onChange={(event) => {
          const input = event.nativeEvent as InputEvent;
          changeText(event.target.value, { now: input.inputType === 'insertFromPaste', files: [] });
        }}
      />
    </div>
  );
}

/**
 * The same text behind the field, letter over letter, with the recognised stretches marked. It also gives the field
 * its height, so the two scroll as one.
 */
const Marks = memo(function Marks({ text, ranges }: { text: string; ranges: Range[] }) {
  const parts = [];
  let from = 0;
  for (const range of ranges) {
    parts.push(text.slice(from, range.from));
    parts.push(<mark key={range.from}>{text.slice(range.from, range.to)}</mark>);
    from = range.to;
  }
  parts.push(text.slice(from));
  return (
    <div className={styles.marks} aria-hidden="true">
      {parts}
      {'\n'}
    </div>
  );
});

function Held({ text }: { text: string }) {
  const lines = useMemo(() => text.split('\n', 100_001).length, [text]);
  return (
    <div className={styles.held}>
      <strong>
        {bytes(text.length)} of text, {lines > 100_000 ? 'more than 100,000 lines' : plural(lines, 'line')}
      </strong>
      <pre>{text.slice(0, 600)}…</pre>
    </div>
  );
}
