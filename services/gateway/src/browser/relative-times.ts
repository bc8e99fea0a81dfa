const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
];

/** Says of each `<time data-relative>` how long ago it was; the time itself stays as its title. */
export function tellRelativeTimes(root: ParentNode, now: Date): void {
  const format = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: 'auto' });
  for (const time of root.querySelectorAll<HTMLTimeElement>('time[data-relative]')) {
    const at = Date.parse(time.dateTime);
    if (Number.isNaN(at)) continue;
    const seconds = Math.round((at - now.getTime()) / 1000);
    const [unit, size] = STEPS.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1];
    time.title = time.textContent ?? '';
    time.textContent = format.format(Math.round(seconds / size), unit);
  }
}
