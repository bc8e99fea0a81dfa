/** Where people go after logging in, if they came from nowhere. */
export const HOME_PATH = '/';

const HERE = 'http://here.invalid';

/** The path of this server that `next` names, or the home page: never an address of another server. */
export function nextPath(next: string | undefined): string {
  // Browsers read \ as /, and drop tabs and line ends wherever they stand.
  if (!next?.startsWith('/') || /^\/[/\\]|\p{Cc}/u.test(next)) return HOME_PATH;
  const url = URL.parse(next, HERE);
  if (url?.origin !== HERE || url.pathname.startsWith('//')) return HOME_PATH;
  return `${url.pathname}${url.search}${url.hash}`;
}
