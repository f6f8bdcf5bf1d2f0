/**
 * What a browser does in a sign-in, over real HTTP: keeps cookies per origin and follows redirects one by one, so that a test sees
 * each of them. Pages are read, never run.
 */
interface Visit {
  status: number;
  headers: Headers;
  /** Address of the page that was shown in the end. */
  url: string;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into an answer field by field, and says so by what it expects
  body: any;
}

export interface Browser {
  /** Cookies of `origin`, by name. */
  cookies(origin: string): Map<string, string>;
  /** One request. Objects go as JSON, URLSearchParams as a form; redirects are not followed. */
  ask(method: string, url: string, body?: unknown, headers?: Record<string, string>): Promise<Visit>;
  /** Goes to a page as a click does, through every redirect. `on` sees each address on the way. */
  open(url: string, on?: (url: string) => void): Promise<Visit>;
  /** Sends the only form of a page. */
  submit(page: Visit, fields: Record<string, string>, on?: (url: string) => void): Promise<Visit>;
}

const mostRedirects = 12;

export function createBrowser(
  userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0',
): Browser {
  const jars = new Map<string, Map<string, string>>();
  const cookies = (origin: string) => {
    const jar = jars.get(origin) ?? new Map<string, string>();
    jars.set(origin, jar);
    return jar;
  };

  const ask: Browser['ask'] = async (method, url, body, headers = {}) => {
    const jar = cookies(new URL(url).origin);
    const isForm = body instanceof URLSearchParams;
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      headers: {
        'user-agent': userAgent,
        ...(jar.size > 0 && { cookie: Array.from(jar, ([name, value]) => `${name}=${value}`).join('; ') }),
        ...(body !== undefined && !isForm && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: isForm ? body : JSON.stringify(body) }),
    });
    for (const line of response.headers.getSetCookie()) keep(jar, line);
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') && text !== '';
    return {
      status: response.status,
      headers: response.headers,
      url,
      text,
      body: isJson ? JSON.parse(text) : undefined,
    };
  };

  const follow = async (first: Visit, on?: (url: string) => void): Promise<Visit> => {
    let visit = first;
    for (let hop = 0; hop < mostRedirects; hop += 1) {
      const location = visit.headers.get('location');
      if (!location) return visit;
      const next = new URL(location, visit.url).href;
      on?.(next);
      visit = await ask('GET', next);
    }
    throw new Error(`More than ${mostRedirects} redirects, last to ${visit.url}`);
  };

  return {
    cookies,
    ask,
    open: async (url, on) => follow(await ask('GET', url), on),
    async submit(page, fields, on) {
      const action = /<form[^>]*action="([^"]+)"/.exec(page.text)?.[1];
      if (!action) throw new Error(`No form at ${page.url}: ${page.text.slice(0, 300)}`);
      const hidden = page.text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g);
      const all = {
        ...Object.fromEntries(Array.from(hidden, ([, name, value]) => [name, value])),
        ...fields,
      };
      const url = new URL(action, page.url).href;
      return follow(await ask('POST', url, new URLSearchParams(all)), on);
    },
  };
}

function keep(jar: Map<string, string>, line: string): void {
  const [pair = '', ...attributes] = line.split(';');
  const at = pair.indexOf('=');
  const name = pair.slice(0, at).trim();
  const value = pair.slice(at + 1).trim();
  const isOver = attributes.some((attribute) => {
    const [key = '', what = ''] = attribute.trim().split('=');
    if (/^max-age$/i.test(key)) return Number(what) <= 0;
    return /^expires$/i.test(key) && Date.parse(what) <= Date.now();
  });
  if (isOver || value === '') jar.delete(name);
  else jar.set(name, value);
}
