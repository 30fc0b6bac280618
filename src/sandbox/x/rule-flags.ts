import type { MediaKind } from './posts.ts';
import type { Test } from './rule-matching.ts';

const hasMedia =
  (...kinds: MediaKind[]): Test =>
  ({ contents }) =>
    contents.some(({ media }) => media.some((kind) => kinds.includes(kind)));

const hasEntity =
  (kind: 'hashtags' | 'mentions' | 'cashtags' | 'urls'): Test =>
  ({ contents }) =>
    contents.some(({ entities }) => entities[kind] !== undefined);

const never: Test = () => false;

/** What `is:` and `has:` may ask. None of it may be all that a rule asks. */
export const FLAGS: Record<'is' | 'has', Record<string, Test>> = {
  is: {
    // On the stream also quotes and retweets of replies (X docs): their content counts as the post's own.
    reply: ({ contents }) => contents.some(({ reply_to }) => reply_to !== null),
    retweet: ({ post }) => post.retweet_of !== null,
    quote: ({ post }) => post.quote_of !== null,
    // Nobody here is verified, nothing is an advertisement, nobody says where they are.
    verified: never,
    nullcast: never,
  },
  has: {
    hashtags: hasEntity('hashtags'),
    mentions: hasEntity('mentions'),
    cashtags: hasEntity('cashtags'),
    links: hasEntity('urls'),
    media: hasMedia('photo', 'video', 'animated_gif'),
    images: hasMedia('photo'),
    videos: hasMedia('video'),
    video_link: hasMedia('video'),
    geo: never,
  },
};
