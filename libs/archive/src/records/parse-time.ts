const ISO = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/;
const HAS_ZONE = /(Z|[+-]\d{2}:?\d{2})$/;

/** The time that an old file gives as an ISO text (UTC where it names no zone) or in seconds since 1970. */
export function parseTime(value: unknown): Date | undefined {
  if (typeof value === 'number') return validOnly(new Date(value * 1000));
  if (typeof value !== 'string' || !ISO.test(value)) return undefined;
  return validOnly(new Date(HAS_ZONE.test(value) ? value : `${value}Z`));
}

function validOnly(time: Date): Date | undefined {
  return Number.isNaN(time.getTime()) ? undefined : time;
}
