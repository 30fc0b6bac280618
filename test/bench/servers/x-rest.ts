import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

interface Rule {
  id: string;
  value: string;
  tag?: string;
}

interface RuleChange {
  add?: Array<Omit<Rule, 'id'>>;
  delete?: { ids: string[] };
}

/** X's answers about rules and posts. Recent search finds nothing: no message of the stream is ever missed. */
export function serveRest() {
  let rules: Rule[] = [];
  let made = 1_273_026_480_692_322_304n;

  const change = ({ add = [], delete: gone }: RuleChange): object => {
    rules = rules.filter(({ id }) => !gone?.ids.includes(id));
    const created = add.map((rule) => {
      made += 1n;
      return { ...rule, id: String(made) };
    });
    rules.push(...created);
    const summary = {
      created: created.length,
      not_created: 0,
      deleted: gone?.ids.length ?? 0,
      not_deleted: 0,
    };
    return { data: created, meta: { sent: new Date().toISOString(), summary } };
  };

  const answer = async (
    request: IncomingMessage,
    { pathname, searchParams }: URL,
  ): Promise<object | undefined> => {
    switch (`${request.method} ${pathname}`) {
      case 'GET /2/tweets/search/stream/rules':
        return { data: rules, meta: { sent: new Date().toISOString(), result_count: rules.length } };
      case 'POST /2/tweets/search/stream/rules':
        return change(JSON.parse(await text(request)) as RuleChange);
      case 'GET /2/tweets':
        return { data: (searchParams.get('ids') ?? '').split(',').map(productPost) };
      case 'GET /2/tweets/search/recent':
        return { meta: { result_count: 0 } };
      default:
        return undefined;
    }
  };

  return async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    const body = await answer(request, url);
    response.writeHead(body ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body ?? { title: 'Not Found', status: 404 }));
  };
}

/** Product posts begin their conversations and were never edited. */
const productPost = (id: string) => ({ id, conversation_id: id, edit_history_tweet_ids: [id] });
