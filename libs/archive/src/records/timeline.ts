/** Gives records places in time that keep the order of their file. */
export interface Timeline {
  /** The place of the next record, which says that it is of this time; or says nothing of it. */
  place(time: Date | undefined): Date;
  /** Takes a place that the record says outright. */
  take(time: Date | undefined, place: Date): Date;
}

/**
 * A {@link Timeline}. Times in files have whole seconds, and a random id must not decide between
 * records of one second: each comes a millisecond after the one before it. A record that says an
 * earlier time than the one before it is placed by what it says.
 */
export function createTimeline(): Timeline {
  let said = Number.NaN;
  let last = Number.NEGATIVE_INFINITY;
  return {
    place(time) {
      const wish = time?.getTime() ?? (Number.isNaN(said) ? 0 : said);
      const isNext = Number.isNaN(said) || wish >= said;
      last = isNext ? Math.max(wish, last + 1) : wish;
      said = wish;
      return new Date(last);
    },
    take(time, place) {
      said = time?.getTime() ?? place.getTime();
      last = place.getTime();
      return place;
    },
  };
}
