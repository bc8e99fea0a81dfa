/**
 * The page of the board without what a strict policy forbids: a font of another host, and the inline
 * style of a mark that is seen for a moment.
 */
export function cleanBoardPage(page: string): string {
  return page
    .replace(/<link href="https:\/\/[^>]*>/g, '')
    .replace(/<div id="root">.*<\/div>(?=\s*<script)/s, '<div id="root"></div>');
}
