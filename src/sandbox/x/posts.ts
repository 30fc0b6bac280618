import { randomBytes } from 'node:crypto';
import { ControlError } from './control-error.ts';
import { type Entities, entitiesOf } from './entities.ts';
import { languageOf } from './language.ts';
import { replyText } from './reply-text.ts';
import { compareIds, timeOfId } from './snowflake.ts';
import type { XState } from './state.ts';
import { type User, userNamed } from './users.ts';

const RETWEET_LENGTH = 140;

export type MediaKind = 'photo' | 'video' | 'animated_gif';
export type ReplySettings = 'everyone' | 'following' | 'mentionedUsers' | 'subscribers' | 'verified';

/** One version of a post. */
export interface Post {
  id: string;
  author_id: string;
  /** The whole text, with the mentions that X puts before a reply; not escaped, not cut. */
  text: string;
  /** Of the whole text. */
  entities: Entities;
  lang: string;
  media: MediaKind[];
  created_at: string;
  conversation_id: string;
  reply_to: string | null;
  in_reply_to_user_id: string | null;
  quote_of: string | null;
  retweet_of: string | null;
  reply_settings: ReplySettings;
  /** The ids of all versions, the oldest first. */
  edit_history: string[];
  deleted_at: string | null;
}

type Written = Pick<Post, 'text' | 'entities' | 'lang'>;

interface Identity {
  id?: string;
  /** Default: what the id says, or now. */
  created_at?: Date;
}

export interface Draft extends Identity {
  text: string;
  reply_to?: string;
  quote_of?: string;
  media?: MediaKind[];
  reply_settings?: ReplySettings;
  /** People whom the reply leaves out of the mentions that X would put before it. */
  exclude?: string[];
}

/** Writes a post, reply or quote, whatever its length. @throws ControlError */
export function writePost(state: XState, author: User, draft: Draft): Post {
  const parent = draft.reply_to === undefined ? undefined : livePost(state, draft.reply_to);
  const quoted = draft.quote_of === undefined ? undefined : livePost(state, draft.quote_of);
  if (parent?.retweet_of)
    throw new ControlError(400, `${parent.id} is a retweet: reply to ${parent.retweet_of}`);
  const text = parent ? replyText(state, author, parent, draft.text, draft.exclude) : draft.text;
  const { media = [], reply_settings = 'everyone' } = draft;
  return keep(state, author, draft, {
    ...written(state, text, quoted),
    media,
    reply_settings,
    ...(parent && {
      conversation_id: parent.conversation_id,
      reply_to: parent.id,
      in_reply_to_user_id: parent.author_id,
    }),
    quote_of: quoted?.id ?? null,
  });
}

/** Posts somebody's post again. Its text is `RT @name: ` and the beginning of the original. @throws ControlError */
export function retweet(state: XState, author: User, of: string, draft: Identity = {}): Post {
  const found = livePost(state, of);
  const original = found.retweet_of === null ? found : livePost(state, found.retweet_of);
  const whole = [...`RT @${authorOf(state, original).username}: ${original.text}`];
  const text =
    whole.length > RETWEET_LENGTH ? `${whole.slice(0, RETWEET_LENGTH - 1).join('')}…` : whole.join('');
  return keep(state, author, draft, {
    ...written(state, text),
    media: original.media,
    retweet_of: original.id,
  });
}

/** A text as X keeps it: a quote ends with a short address that leads to the quoted post. */
export function written(state: Pick<XState, 'users' | 'usernames'>, text: string, quoted?: Post): Written {
  const link = `https://t.co/${randomBytes(8).toString('base64url').replace(/\W/g, 'x').slice(0, 10)}`;
  const whole = quoted ? `${text} ${link}`.trim() : text;
  const leadsTo = quoted ? { [link]: addressOf(state, quoted) } : {};
  const entities = entitiesOf(whole, (name) => userNamed(state, name), leadsTo);
  return { text: whole, entities, lang: languageOf(text) };
}

/** Where people read a post. */
export const addressOf = (state: Pick<XState, 'users'>, post: Post): string =>
  `https://x.com/${authorOf(state, post).username}/status/${post.id}`;

/** A post that is there and not deleted. @throws ControlError */
export function livePost(state: Pick<XState, 'posts'>, id: string): Post {
  const post = state.posts.get(id);
  if (!post || post.deleted_at !== null) throw new ControlError(400, `There is no post ${id}`);
  return post;
}

/** Whether the API shows a post: to an app never one that is protected, to a user only their own. */
export const isVisible = (state: Pick<XState, 'users'>, post: Post, viewer?: User): boolean =>
  post.deleted_at === null &&
  !authorOf(state, post).suspended &&
  (!authorOf(state, post).protected || viewer?.id === post.author_id);

/** Who wrote a post. Accounts are never deleted here. */
export const authorOf = (state: Pick<XState, 'users'>, post: Post): User =>
  state.users.get(post.author_id) as User;

/** The posts that people see, each in its newest version, the newest post first. */
export const currentPosts = (state: Pick<XState, 'posts'>): Post[] =>
  state.posts
    .values()
    .filter((post) => post.edit_history.at(-1) === post.id)
    .sort((a, b) => compareIds(b.id, a.id));

function keep(state: XState, author: User, draft: Identity, own: Written & Partial<Post>): Post {
  if (draft.id !== undefined && state.posts.get(draft.id))
    throw new ControlError(409, `There is a post ${draft.id} already`);
  const id = draft.id ?? state.newId(draft.created_at);
  const post: Post = {
    id,
    author_id: author.id,
    media: [],
    created_at: (draft.created_at ?? timeOfId(id)).toISOString(),
    conversation_id: id,
    reply_to: null,
    in_reply_to_user_id: null,
    quote_of: null,
    retweet_of: null,
    reply_settings: 'everyone',
    edit_history: [id],
    deleted_at: null,
    ...own,
  };
  state.posts.set(id, post);
  return post;
}
