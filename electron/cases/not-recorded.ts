/** What a person is told when the disk did not take what was to be recorded. */
import { Fault, systemCode } from '../fault.ts';

const FREE_SPACE = 'Free space on this disk, then try again; nothing else is lost.';
const LET_WRITE = 'Make the folder of the case writable, then try again; nothing else is lost.';
const BRING_BACK =
  'Bring the folder of the case back, or connect its share again, then try again; nothing else is lost.';

/** Remedies by the system's code (errno(3)). */
const REMEDIES: Record<string, string> = {
  ENOSPC: FREE_SPACE,
  EDQUOT: FREE_SPACE,
  EFBIG: FREE_SPACE,
  EROFS: LET_WRITE,
  EACCES: LET_WRITE,
  EPERM: LET_WRITE,
  ENOENT: BRING_BACK,
  ENOTDIR: BRING_BACK,
  ESTALE: BRING_BACK,
  EIO: BRING_BACK,
  ENXIO: BRING_BACK,
  ENODEV: BRING_BACK,
  EBADF: BRING_BACK,
};

/** `place`: what could not be written, as in "the journal". A Fault that says more passes through. */
export function notRecorded(place: string, error: unknown): Fault {
  if (error instanceof Fault) return error;
  const code = systemCode(error);
  return new Fault(
    'not-recorded',
    `This could not be written to ${place} (${code ?? error}).`,
    REMEDIES[code ?? ''] ?? 'Look at the disk and the folder of the case, then try again; nothing else is lost.',
  );
}
