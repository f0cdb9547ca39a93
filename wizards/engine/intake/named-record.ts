/** One object that a command of PowerShell printed, in whatever layout: names and values, with the lines they stand on. */
export type NamedRecord = {
  /** First and last line, counted from 1. */
  line: number;
  end: number;
  /** By the letters and digits of the name, in small letters: `deliverytype`. */
  values: Map<string, string>;
  /** Names whose value was cut with `...`; what there is of it stands in `values`. */
  cut: Set<string>;
};

/** `DeliveryType`, `Delivery Type` and `delivery-type` are the same name. */
export const nameKey = (name: string): string =>
  name.length > 80 ? '' : name.toLowerCase().replace(/[^a-z0-9]+/g, '');

const CUT = /(?:\.\.\.|…)\}?$/;

/** Takes a value in, without the dots that PowerShell puts where it cut. An empty one leaves no trace. */
export function putValue(record: NamedRecord, key: string, raw: string): void {
  const value = raw.trim();
  if (value === '' || key === '') return;
  if (CUT.test(value)) {
    record.cut.add(key);
    record.values.set(key, value.replace(CUT, '').trim());
  } else record.values.set(key, value);
}

export const newRecord = (line: number): NamedRecord => ({ line, end: line, values: new Map(), cut: new Set() });
