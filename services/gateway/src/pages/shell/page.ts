import type { html } from 'hono/html';

/** What the tagged template `html` makes: it escapes every value that is put into it. */
export type Html = ReturnType<typeof html>;

/** Another form of what a page shows. */
export interface Alternate {
  readonly type: string;
  /** Path on this server. */
  readonly path: string;
  readonly title?: string;
}

/** Entries of the main navigation. */
export type Section = 'works' | 'activities' | 'users' | 'verify' | 'about';

/** What a page has to say. The shell puts the rest around it. */
export interface Page {
  readonly title: string;
  readonly body: Html;
  readonly section?: Section;
  /** One sentence for previews elsewhere. */
  readonly description?: string;
  /** IRI of what the page shows. */
  readonly canonical?: string;
  readonly alternates?: readonly Alternate[];
  /** A picture for previews elsewhere, as an absolute URL. */
  readonly image?: string;
  /** Whether it stands alone, without the ways to other pages. */
  readonly isBare?: boolean;
  /** Paths of module scripts that add to the page; it works without them. */
  readonly scripts?: readonly string[];
}

/** Who looks at a page, and how. */
export interface Visitor {
  readonly scheme: 'auto' | 'light' | 'dark';
  /** Who is logged in. */
  readonly user?: { readonly username: string; readonly isOperator: boolean };
  /** Whether he may not be shown the ways to other pages. */
  readonly isBare: boolean;
  /** Path and query of the page. */
  readonly path: string;
}
