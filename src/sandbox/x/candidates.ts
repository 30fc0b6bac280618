import { isVisible, type Post } from './posts.ts';
import type { Candidate } from './rule-matching.ts';
import type { XState } from './state.ts';

type People = Pick<XState, 'users' | 'posts'>;

/** A post as the stream's rules see it: what a quote or retweet shows counts as its own (X docs: build a rule). */
export function onStream(state: People, post: Post): Candidate {
  const shown = [post.quote_of, post.retweet_of]
    .flatMap((id) => (id === null ? [] : (state.posts.get(id) ?? [])))
    .filter((each) => isVisible(state, each));
  return { ...inSearch(state, post), contents: [post, ...shown], exactAccents: true };
}

/** A post as a search query sees it: by its own text, accents aside. */
export const inSearch = (state: People, post: Post): Candidate => ({
  post,
  contents: [post],
  exactAccents: false,
  usernameOf: (id) => state.users.get(id)?.username,
});
