import { AppError } from '@artdag/errors';
import formbody from '@fastify/formbody';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { html } from 'hono/html';
import { Type } from 'typebox';
import { logIn } from '../commands/log-in.ts';
import type { GatewayContext } from '../context.ts';
import type { Page } from '../pages/shell/page.ts';
import { sendFormPage, showFormAgain } from '../presenters/send-form-page.ts';
import { Credentials } from '../routes/schemas.ts';
import { endBoardSession, refuseForeign, startBoardSession } from './board-session.ts';

/** `/login` and `/logout` of the board: cookies of the public address are not sent to this one. */
export function boardLoginRoutes(context: GatewayContext): FastifyPluginAsyncTypebox {
  return async (app) => {
    await app.register(formbody, { bodyLimit: 16 * 1024 });
    app.addHook('onRequest', async (request) => refuseForeign(request));

    app.get('/login', async (_, reply) => sendFormPage(reply, renderForm({})));
    app.post(
      '/login',
      {
        schema: { body: Type.Object(Credentials.properties) },
        errorHandler: showFormAgain(({ field, problem }) =>
          renderForm({ username: field('username'), problem }),
        ),
      },
      async (request, reply) => {
        const { username, password } = request.body;
        const issued = await logIn({ username, password, address: request.ip }, context);
        const user = await context.store.users.find(username);
        if (user?.role !== 'operator')
          throw new AppError('forbidden', 'Only an operator may see the board.');
        startBoardSession(reply, issued);
        return reply.redirect('/', 303);
      },
    );
    app.get('/logout', async (_, reply) => sendFormPage(reply, renderLogOut()));
    app.post('/logout', async (request, reply) => {
      await endBoardSession(request, reply, context);
      return reply.redirect('/login', 303);
    });
  };
}

interface Form {
  readonly username?: string | undefined;
  readonly problem?: string;
}

function renderForm({ username, problem }: Form): Page {
  const body = html`<h1>Job board</h1>
<p>Log in as an operator of this server.</p>
${problem === undefined ? '' : html`<p role="alert">${problem}</p>`}
<form method="post" action="/login">
<p><label>User name<br>
<input name="username" value="${username ?? ''}" maxlength="64" autocomplete="username" autocapitalize="none" spellcheck="false" required></label></p>
<p><label>Password<br>
<input type="password" name="password" maxlength="1024" autocomplete="current-password" required></label></p>
<p><button type="submit">Log in</button></p>
</form>`;
  return { title: 'Job board', body };
}

function renderLogOut(): Page {
  const body = html`<h1>Job board</h1>
<form method="post" action="/logout"><p><button type="submit">Log out</button></p></form>
<p><a href="/">Back to the queues</a></p>`;
  return { title: 'Log out', body };
}
