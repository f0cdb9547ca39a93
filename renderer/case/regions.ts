/** The parts of the case screen that F6 goes round: path, step, terminal. */
export function cycleRegions(by: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')];
  const at = regions.findIndex((region) => region.contains(document.activeElement));
  const next = regions[(at + by + regions.length) % regions.length];
  if (next) focusRegion(next);
}

function focusRegion(region: HTMLElement): void {
  const target =
    region.querySelector<HTMLElement>('.xterm-helper-textarea') ??
    region.querySelector<HTMLElement>('[aria-current="step"]') ??
    region.querySelector<HTMLElement>('h1') ??
    region.querySelector<HTMLElement>('button, [tabindex]');
  target?.focus();
}
