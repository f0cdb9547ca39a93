import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import styles from './case.module.css';

interface Props {
  label: string;
  /** `vertical` stands between left and right; its value is the width at its left. `horizontal`: the height below. */
  orientation: 'vertical' | 'horizontal';
  value: number;
  min: number;
  max: number;
  disabled: boolean;
  onChange: (value: number) => void;
}

const STEP = 16;

/** A border that can be dragged, or moved with the arrow keys. */
export function Splitter({ label, orientation, value, min, max, disabled, onChange }: Props) {
  const drag = useRef<{ at: number; value: number } | null>(null);
  const upright = orientation === 'vertical';
  const bounded = (wanted: number) => Math.round(Math.min(max, Math.max(min, wanted)));
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { at: upright ? event.clientX : event.clientY, value };
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    if (!drag.current) return;
    const moved = (upright ? event.clientX : event.clientY) - drag.current.at;
    onChange(bounded(drag.current.value + (upright ? moved : -moved)));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const more = upright ? 'ArrowRight' : 'ArrowUp';
    const less = upright ? 'ArrowLeft' : 'ArrowDown';
    if (event.key !== more && event.key !== less) return;
    event.preventDefault();
    onChange(bounded(value + (event.key === more ? STEP : -STEP)));
  };
  if (disabled) return <div className={upright ? styles.splitVertical : styles.splitHorizontal} data-disabled="" />;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that can be moved has no element of its own.
    <div
      className={upright ? styles.splitVertical : styles.splitHorizontal}
      role="separator"
      aria-label={label}
      aria-orientation={orientation}
      aria-valuenow={value}
      aria-valuemin={min}
      aria-valuemax={max}
      tabIndex={0}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        drag.current = null;
      }}
      onKeyDown={onKeyDown}
    />
  );
}
