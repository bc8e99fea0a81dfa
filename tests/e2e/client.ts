/** An answer as `curl` would show it. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked at member by member
  readonly json: any;
}

export const password = 'correct horse battery';

/** GET, with whatever headers. */
export async function get(url: string, headers: Record<string, string> = {}): Promise<Answer> {
  return read(await fetch(url, { headers }));
}

/** POST of a JSON body, or of the text that stands for one. */
export async function post(
  url: string,
  body: unknown,
  token?: string,
  signal?: AbortSignal,
): Promise<Answer> {
  return read(
    await fetch(url, {
      method: 'POST',
      ...(signal && { signal }),
      headers: {
        'content-type': 'application/json',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }),
  );
}

/** POST of a form, as a browser sends it. */
export async function postForm(url: string, fields: Record<string, string>): Promise<Answer> {
  return read(await fetch(url, { method: 'POST', body: new URLSearchParams(fields) }));
}

/** The token of a new user. */
export async function signUp(url: string, username: string): Promise<string> {
  const { status, json } = await post(`${url}/auth/register`, { username, password });
  if (status !== 200) throw new Error(`${username} cannot register: ${status}`);
  return json.access_token;
}

async function read(response: Response): Promise<Answer> {
  const text = await response.text();
  const type = response.headers.get('content-type') ?? '';
  return {
    status: response.status,
    type,
    text,
    json: type.includes('json') ? JSON.parse(text) : undefined,
  };
}
