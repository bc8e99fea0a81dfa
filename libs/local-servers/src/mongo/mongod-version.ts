/** The MongoDB release that is downloaded or run as an image where the machine has none. */
export const mongodVersion = '8.0.21';
