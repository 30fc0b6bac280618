import { hashtagsIn } from './hashtags.ts';
import { FLAGS } from './rule-flags.ts';
import { type Candidate, fold, holdsWords, type Test } from './rule-matching.ts';
import { RuleFault } from './rule-tokens.ts';

/** What a clause of a rule may ask (X docs: filtered stream operators). Those that are not here are refused. */
interface Operator {
  /** Whether it may be a rule's only one. The others would match too much of X. */
  standalone: boolean;
  /** @throws RuleFault where the value makes no sense */
  read(value: string): Test;
  onStreamOnly?: true;
}

const ID = /^\d{1,19}$/;
const HANDLE = /^(?:[A-Za-z0-9_]{1,15}|\d{1,19})$/;
const LANGUAGE =
  /^(?:am|ar|hy|eu|bn|bs|bg|my|hr|ca|cs|da|nl|en|et|fi|fr|ka|de|el|gu|ht|iw|hi|hi-latn|hu|is|in|it|ja|kn|km|ko|lo|lv|lt|ml|dv|mr|ne|no|or|pa|ps|fa|pl|pt|ro|ru|sr|zh|zh-cn|zh-tw|sd|si|sk|sl|ckb|es|sv|tl|ta|te|th|bo|tr|uk|ur|ug|vi|cy|und)$/i;

function ofForm(value: string, form: RegExp, what: string): string {
  if (!form.test(value)) throw new RuleFault(`'${value}' is not ${what}`);
  return value;
}

/** An operator about one field of the post itself, which holds an id. */
const byId = (idOf: (candidate: Candidate) => string | null): Operator => ({
  standalone: true,
  read(value) {
    const id = ofForm(value, ID, 'an id');
    return (candidate) => idOf(candidate) === id;
  },
});

/** An operator about a user, by name or id. */
const byUser = (idsOf: (candidate: Candidate) => Array<string | null>): Operator => ({
  standalone: true,
  read(value) {
    const handle = ofForm(value.replace(/^[@＠]/, ''), HANDLE, 'a username or user id').toLowerCase();
    return (candidate) =>
      idsOf(candidate).some(
        (id) => id !== null && (id === handle || candidate.usernameOf(id)?.toLowerCase() === handle),
      );
  },
});

/** Whether a word or phrase is in the text of the post. */
const KEYWORD: Operator = {
  standalone: true,
  read(value) {
    if (!/[\p{L}\p{N}\p{S}]/u.test(value)) throw new RuleFault(`no viable alternative at input '${value}'`);
    return ({ contents, exactAccents }) => contents.some(({ text }) => holdsWords(text, value, exactAccents));
  },
};

const HASHTAG: Operator = {
  standalone: true,
  read(value) {
    if (hashtagsIn(`#${value}`)[0]?.tag !== value) throw new RuleFault(`'#${value}' is not a valid hashtag`);
    return ({ contents, exactAccents }) =>
      contents.some(({ entities }) =>
        entities.hashtags?.some(({ tag }) => fold(tag, exactAccents) === fold(value, exactAccents)),
      );
  },
};

const CASHTAG: Operator = {
  standalone: true,
  read(value) {
    const tag = ofForm(value, /^[a-z]{1,6}(?:[._][a-z]{1,2})?$/i, 'a cashtag').toLowerCase();
    return ({ contents }) =>
      contents.some(({ entities }) => entities.cashtags?.some((found) => found.tag.toLowerCase() === tag));
  },
};

const URL: Operator = {
  standalone: true,
  read(value) {
    if (value === '') throw new RuleFault('url: needs a value');
    return ({ contents, exactAccents }) =>
      contents.some(({ entities }) =>
        entities.urls?.some((found) => holdsWords(`${found.url} ${found.expanded_url}`, value, exactAccents)),
      );
  },
};

/** A share of the posts, always the same ones. */
const SAMPLE: Operator = {
  standalone: false,
  onStreamOnly: true,
  read(value) {
    const percent = Number(ofForm(value, /^(?:[1-9]\d?|100)$/, 'a whole number from 1 to 100'));
    return ({ post }) => Number((BigInt(post.id) >> 22n) % 100n) < percent;
  },
};

const OPERATORS: Record<string, Operator> = {
  '': KEYWORD,
  '#': HASHTAG,
  '@': byUser(({ contents }) => contents.flatMap((post) => post.entities.mentions ?? []).map(({ id }) => id)),
  $: CASHTAG,
  url: URL,
  from: byUser(({ post }) => [post.author_id]),
  to: byUser(({ post }) => [post.in_reply_to_user_id]),
  retweets_of: byUser(({ post, contents }) =>
    contents.filter(({ id }) => id === post.retweet_of).map(({ author_id }) => author_id),
  ),
  conversation_id: byId(({ post }) => post.conversation_id),
  in_reply_to_tweet_id: byId(({ post }) => post.reply_to),
  in_reply_to_status_id: byId(({ post }) => post.reply_to),
  retweets_of_tweet_id: byId(({ post }) => post.retweet_of),
  quotes_of_tweet_id: byId(({ post }) => post.quote_of),
  lang: {
    standalone: false,
    read(value) {
      const lang = ofForm(value, LANGUAGE, 'a language X knows').toLowerCase();
      return ({ post }) => post.lang === lang;
    },
  },
  is: { standalone: false, read: (value) => flag('is', value) },
  has: { standalone: false, read: (value) => flag('has', value) },
  sample: SAMPLE,
};

function flag(operator: 'is' | 'has', value: string): Test {
  const test = FLAGS[operator][value.toLowerCase()];
  if (!test) throw invalidOperator(`${operator}:${value}`);
  return test;
}

/** @throws RuleFault where X has no such operator, or the stand-in does not know it */
export function operatorNamed(name: string, on: 'stream' | 'search'): Operator {
  const operator = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
  if (!operator || (operator.onStreamOnly && on === 'search')) throw invalidOperator(name);
  return operator;
}

const invalidOperator = (name: string): RuleFault =>
  new RuleFault(
    `Reference to invalid operator '${name}'. Operator is not available in current product or product packaging. Please refer to complete available operator list at https://docs.x.com/x-api/posts/filtered-stream/integrate/operators.`,
  );
