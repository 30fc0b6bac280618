/** Somebody with a browser, as far as a browser without JavaScript goes: cookies, forms, and a page at a time. */
export class Visitor {
  readonly #cookies = new Map<string, string>();
  readonly #fetch: typeof fetch;
  /** Of the page that is open. */
  url = '';
  status = 0;
  html = '';
  /** When it loads itself again, if it does: see the header of that name. */
  refresh: string | null = null;

  /** @param fetcher how it reaches servers: by the network, if nothing else is said */
  constructor(fetcher: typeof fetch = fetch) {
    this.#fetch = fetcher;
  }

  async open(address: string, init: RequestInit = {}): Promise<this> {
    const url = new URL(address, this.url || undefined);
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await this.#fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { ...init.headers, ...(cookie ? { cookie } : {}) },
    });
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = line.split(';')[0]?.split(/=(.*)/) ?? [];
      if (/max-age=0|expires=thu, 01 jan 1970/i.test(line)) this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    this.url = url.href;
    this.status = response.status;
    this.refresh = response.headers.get('refresh');
    const location = response.headers.get('location');
    if (location && response.status >= 300 && response.status < 400)
      return this.open(new URL(location, url).href);
    this.html = await response.text();
    return this;
  }

  /** Sends a form of the open page: the one whose action ends so, with what is filled in besides. */
  async submit(action: string, filled: Record<string, string> = {}): Promise<this> {
    const form = [...this.html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].find(([, head = '']) =>
      decode(/action="([^"]*)"/.exec(head)?.[1] ?? '').endsWith(action),
    );
    if (!form)
      throw new Error(
        `${this.url} has no form for ${action}:\n${this.html.replace(/<style[\s\S]*?<\/style>/, '').slice(0, 2000)}`,
      );
    const [, head = '', body = ''] = form;
    const fields = new URLSearchParams();
    for (const [input] of body.matchAll(/<(?:input|button|select|textarea)\b[^>]*>/g)) {
      const of = (name: string): string | undefined => new RegExp(`\\b${name}="([^"]*)"`).exec(input)?.[1];
      const name = of('name');
      if (name && !/type="(?:radio|checkbox|submit)"/.test(input) && !input.startsWith('<button'))
        fields.set(name, decode(of('value') ?? ''));
    }
    for (const [name, value] of Object.entries(filled)) fields.set(name, value);
    const target = new URL(decode(/action="([^"]*)"/.exec(head)?.[1] ?? ''), this.url);
    return this.open(target.href, {
      method: 'POST',
      body: fields,
      headers: { origin: new URL(this.url).origin, 'content-type': 'application/x-www-form-urlencoded' },
    });
  }

  /** The text of the open page. */
  get text(): string {
    return decode(this.html.replace(/<(style|script)[\s\S]*?<\/\1>/g, '').replace(/<[^>]+>/g, ' '))
      .replace(/\s+/g, ' ')
      .trim();
  }
}

const ENTITIES: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};
const decode = (text: string): string =>
  text.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] as string);
