import { Hono } from 'hono';
import { z } from 'zod';
import { escapeText } from './entities.ts';
import { callingUser, type Env, guard } from './guard.ts';
import { LONGEST_TEXT } from './post-length.ts';
import { refuseDuplicate, refuseText, refuseUnlessMayQuote, refuseUnlessMayReply } from './posting-rules.ts';
import { type Draft, livePost, writePost } from './posts.ts';
import { DAY_MS } from './rate-limits.ts';
import { replyText } from './reply-text.ts';
import { readBody, readQuery, snowflake } from './request-input.ts';
import type { StandIn } from './stand-in.ts';

const body = z.strictObject({
  text: z.string(),
  reply: z
    .strictObject({
      in_reply_to_tweet_id: snowflake,
      exclude_reply_user_ids: z.array(snowflake).optional(),
      // X takes it and does nothing with it.
      auto_populate_reply_metadata: z.boolean().optional(),
    })
    .optional(),
  quote_tweet_id: snowflake.optional(),
  reply_settings: z.enum(['following', 'mentionedUsers', 'subscribers', 'verified']).optional(),
  made_with_ai: z.boolean().optional(),
  paid_partnership: z.boolean().optional(),
});

const access = {
  user: [
    { requests: 100 },
    { requests: 10_000, windowMs: DAY_MS, headers: 'x-app-limit-24hour' as const },
    { requests: 10_000, windowMs: DAY_MS, headers: 'x-user-limit-24hour' as const },
  ],
  scopes: ['tweet.read', 'tweet.write', 'users.read'],
};

/** Posting for a user (X docs: manage posts). */
export function postRoutes(x: StandIn): Hono<Env> {
  const routes = new Hono<Env>();
  const { state } = x;

  routes.post('/2/tweets', guard(x, 'POST /2/tweets', access), async (c) => {
    readQuery(c, {});
    const { text, reply, quote_tweet_id, reply_settings } = await readBody(c, body);
    const { user } = callingUser(c);
    refuseText(text, LONGEST_TEXT);
    if (reply) refuseUnlessMayReply(state, user, reply.in_reply_to_tweet_id);
    if (quote_tweet_id) refuseUnlessMayQuote(state, user, quote_tweet_id);
    const draft: Draft = {
      text,
      ...(reply && { reply_to: reply.in_reply_to_tweet_id, exclude: reply.exclude_reply_user_ids ?? [] }),
      ...(quote_tweet_id && { quote_of: quote_tweet_id }),
      ...(reply_settings && { reply_settings }),
    };
    const parent = draft.reply_to === undefined ? undefined : livePost(state, draft.reply_to);
    refuseDuplicate(state, user, parent ? replyText(state, user, parent, text, draft.exclude) : text);
    const post = writePost(state, user, draft);
    x.stream.publish(post);
    return c.json(
      { data: { id: post.id, text: escapeText(post.text), edit_history_tweet_ids: post.edit_history } },
      201,
    );
  });

  return routes;
}
