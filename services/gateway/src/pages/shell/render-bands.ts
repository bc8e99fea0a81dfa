import { html } from 'hono/html';
import type { Html, Page, Section, Visitor } from './page.ts';
import type { PageSetting } from './page-setting.ts';

const SECTIONS: Readonly<Record<Section, string>> = {
  works: '/assets',
  activities: '/activities',
  users: '/users',
  verify: '/verify',
  about: '/about',
};

/** What stands above every page. */
export function renderHeader(
  { section }: Pick<Page, 'section'>,
  visitor: Visitor,
  { m, domain }: PageSetting,
): Html {
  const entries = Object.entries(SECTIONS).map(([name, path]) => {
    const label = m.sections[name as Section];
    return name === section
      ? html`<li><a href="${path}" aria-current="page">${label}</a></li>`
      : html`<li><a href="${path}">${label}</a></li>`;
  });
  return html`<header class="band"><div class="site">
<a class="brand" href="/">${m.site.name}</a>
<nav aria-label="${m.site.mainNav}"><ul>${entries}</ul></nav>
<form role="search" class="search" action="/search">
<label class="hidden-text" for="search">${m.search.label}</label>
<input type="search" id="search" name="q" maxlength="2048" placeholder="${m.search.hint}" autocomplete="off" autocapitalize="none" spellcheck="false" required>
<button type="submit">${m.search.button}</button>
</form>
<nav aria-label="${m.site.accountNav}"><ul>${renderAccount(visitor, m, domain)}</ul></nav>
</div></header>`;
}

function renderAccount({ user, path }: Visitor, m: PageSetting['m'], domain: string): Html {
  if (!user) {
    const next = encodeURIComponent(path);
    return html`<li><a href="/login?next=${next}">${m.site.logIn}</a></li>`;
  }
  return html`${user.isOperator ? html`<li><a href="/admin">${m.operator.title}</a></li>` : ''}<li><a href="/me">@${user.username}@${domain}</a></li>
<li><a href="/logout">${m.site.logOut}</a></li>`;
}

/** What stands below every page. */
export function renderFooter({ scheme, path }: Visitor, { m, domain }: PageSetting): Html {
  const choices = (['auto', 'light', 'dark'] as const).map(
    (choice) =>
      html`<button type="submit" name="scheme" value="${choice}" aria-pressed="${String(choice === scheme)}">${m.appearance[choice]}</button> `,
  );
  return html`<footer class="band"><div class="foot">
<p class="muted">${m.site.footer(domain)}</p>
<ul class="row"><li><a href="/about">${m.site.whatAClaimProves}</a></li><li><a href="/docs">${m.site.api}</a></li></ul>
<form method="post" action="/appearance" class="quiet" aria-label="${m.appearance.label}">
<input type="hidden" name="next" value="${path}">
${choices}</form>
</div></footer>`;
}
