/** Puts the forms of a report together: text, table and delivery-status fields say the same about one recipient. */
import type { ReportPart } from './report-part.ts';

/** A report in which the forms of one recipient stand further apart than this is two. */
const FAR = 400;
/** Which form knows best what a report says: the fields leave least to guess. */
const TRUST: Record<ReportPart['form'], number> = { fields: 0, table: 1, returned: 2, diagnosis: 3, postfix: 4 };
/** Who wrote the report is better seen by its text than by its fields. */
const BY_TEXT = (part: ReportPart): boolean => part.generator !== 'RFC 3464';

type Report = { parts: ReportPart[]; line: number; end: number };

/** One part for each recipient of each report, in the order of their lines. */
export function mergeReports(parts: readonly ReportPart[]): ReportPart[] {
  const reports: Report[] = [];
  /** Reports by recipient, and those that name none: so that each part looks at few. */
  const open = new Map<string, Report>();
  let nameless: Report | null = null;
  for (const part of [...parts].sort((a, b) => a.line - b.line)) {
    const key = part.recipient?.toLowerCase() ?? '';
    const last = reports.at(-1);
    const candidates: (Report | null | undefined)[] = [open.get(key), key === '' ? last : nameless];
    const report: Report | undefined = candidates.find((one): one is Report => one != null && belongs(one, part));
    const target: Report = report ?? { parts: [], line: part.line, end: part.end };
    if (!report) reports.push(target);
    target.parts.push(part);
    target.line = Math.min(target.line, part.line);
    target.end = Math.max(target.end, part.end);
    if (key !== '') open.set(key, target);
    if (key === '' && !report) nameless = target;
    else if (nameless === target) nameless = null;
  }
  return reports.map(merged);
}

function belongs({ parts, end }: Report, part: ReportPart): boolean {
  if (part.line - end > FAR || parts.some(({ form }) => form === part.form)) return false;
  const status = parts.find((one) => one.status !== undefined)?.status;
  return part.recipient !== undefined || status === undefined || part.status === undefined || status === part.status;
}

function merged({ parts, line, end }: Report): ReportPart {
  const ranked = [...parts].sort((a, b) => TRUST[a.form] - TRUST[b.form]);
  const best = ranked[0] as ReportPart;
  const all = Object.assign({}, ...[...ranked].reverse()) as ReportPart;
  // The last error before the message was given up stands in one of the forms only.
  const telling = ranked.find((part) => part.reply !== undefined && !says447(part.reply));
  const reply = telling?.reply ?? all.reply;
  const source = telling ?? best;
  return {
    ...all,
    ...(reply === undefined ? {} : { reply }),
    ...(source.remote_host === undefined ? {} : { remote_host: source.remote_host }),
    ...(source.remote_ip === undefined ? {} : { remote_ip: source.remote_ip }),
    generator: ranked.find(BY_TEXT)?.generator ?? best.generator,
    line,
    end,
  };
}

const says447 = (reply: string): boolean => /(?:^|[^\d.])[45]\.4\.7(?![.\d])/.test(reply);
