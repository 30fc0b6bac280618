import { z } from 'zod';

/** Where the sandbox's stand-ins listen on this machine. */
export interface StandIns {
  x: string;
  stripe: string;
  mail: string;
}

const user = z.object({
  id: z.string(),
  username: z.string(),
  name: z.string(),
  email: z.string().nullish(),
});
const post = z.object({
  id: z.string(),
  text: z.string(),
  created_at: z.string(),
  author: user,
  reply_to: z.object({ id: z.string() }).nullable(),
  conversation_id: z.string(),
  deleted: z.boolean(),
  /** An edited post has a version for each edit. */
  current: z.boolean(),
});
const mail = z.object({
  id: z.string(),
  received_at: z.string(),
  to: z.array(z.string()),
  from: z.string(),
  subject: z.string(),
  reply_to: z.string().nullable(),
  html: z.string(),
  text: z.string(),
});

export type XUser = z.infer<typeof user>;
export type XPost = z.infer<typeof post>;
export type ReceivedMail = z.infer<typeof mail>;

/** What a person at the keyboard does with the stand-ins, through their control APIs. */
export function standInClient({ x, mail: mailbox }: StandIns) {
  return {
    users: async () => z.array(user).parse(await get(`${x}/control/users`)),
    posts: async () => z.array(post).parse(await get(`${x}/control/timeline`)),
    mails: async () => z.array(mail).parse(await get(`${mailbox}/control/mails`)),
    /** `undefined` where X refuses: the name is taken, the text too long. */
    addUser: async (given: { username: string; name: string; email: string }) =>
      user.safeParse(await send(`${x}/control/users`, given)).data,
    write: async (given: { author: string; text: string; reply_to: string }) =>
      post.safeParse(await send(`${x}/control/posts`, given)).data,
  };
}

async function get(url: string): Promise<unknown> {
  return (await fetch(url)).json();
}

async function send(url: string, body: object): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return response.json();
}
