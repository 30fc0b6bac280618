import type { RefundReason } from '../../db/schema.ts';
import type { Detail, FoundBy, Line, OutcomeKind, OutcomeReason } from '../../domain/outcome.ts';
import type { Finding } from '../../domain/post-check.ts';
import type { Told } from '../texts.ts';

const list = (words: string[]): string => new Intl.ListFormat('en', { type: 'conjunction' }).format(words);
const either = (words: string[]): string => new Intl.ListFormat('en', { type: 'disjunction' }).format(words);
const pieces = (quantity: number, title: string): string => `${quantity} × ${title}`;
const days = (n: number): string => (n === 1 ? 'a day' : `${n} days`);

/** Everything that people read, in English. Another language is another file of this shape. */
export const en = {
  language: 'en',

  /** What became of a reply, in a sentence or two. */
  outcome({ outcome, reason, detail, title, among }: Told): string {
    const named = title ?? 'it';
    const lines = detail.lines ?? [];
    const said = (some: Line[]): string =>
      list(
        some.map((line) =>
          pieces(line.quantity, line.choice ? `${named} (${line.choice.join(', ')})` : named),
        ),
      );
    const quantity = said(lines);
    const waited = said(detail.waitlist ?? []);
    const short = waited
      ? ` More are not left: you are on the waiting list for ${waited}, and hear from us when it is your turn.`
      : detail.wanted
        ? ` You asked for ${detail.wanted}, but no more are left.`
        : '';
    const again = detail.moved_up ? 'It is your turn: ' : '';
    const outcomes: Partial<Record<OutcomeKind, string>> = {
      added: `${again}${again ? 'we have put into your cart' : 'Added'}: ${quantity}.${short}`,
      set: `${again}${again ? 'you' : 'You'} have ${quantity} in your cart now.${short}`,
      removed: [quantity && `Removed: ${quantity}.`, waited && `You do not wait any more for ${waited}.`]
        .filter(Boolean)
        .join(' '),
      waitlisted: `Sold out at the moment. You are on the waiting list for ${waited}: it goes into your cart by itself when it is your turn, and you hear from us. Nothing is charged.`,
      held: quantity ? `Kept for you: ${quantity}.` : 'Kept for you until you have linked your account.',
      helped:
        'You asked how it works. Reply to a product post with its hashtag, and the product waits in your cart; “x2” makes it two. You pay later, with the button in the mail, or never.',
      failed: 'Something went wrong on our side, and we are looking into it.',
    };
    const reasons: Partial<Record<OutcomeReason, string>> = {
      already_in_cart: `${named} is in your cart already, so nothing changed. To have more, reply with the number, as “x2”.`,
      not_in_cart: `${named} was not in your cart, so there was nothing to remove.`,
      which_product: `That post is about more than one product. Which one do you want: ${either(among)}?`,
      missing_option: `Which one do you want? ${named} comes in more than one ${list(detail.missing ?? [])}.`,
      unknown_option: `Your reply names something that ${named} does not come in. Which one do you want?`,
      conflicting_option: `Your reply names more than one of a kind, and we do not want to guess. Which ${named} do you want?`,
      conflicting_quantity: `Your reply has more than one number, and we do not want to guess. How many do you want of ${named}?`,
      conflicting_tags: 'The hashtags in your reply contradict each other, so nothing changed.',
      over_limit: `${named}: at most ${detail.limit} for each shopper, so nothing changed.`,
      invalid_quantity:
        'We could not take the number in your reply, so nothing changed. Reply with a whole number, as “x2”.',
      paused: `${named} is not for sale at the moment.`,
      not_started: `${named} is not for sale yet.`,
      ended: waited
        ? `${named} is not for sale any more, so you do not wait for ${waited} any longer.`
        : `${named} is not for sale any more.`,
      sold_out: `${named} is sold out.`,
      negated: 'Your reply says that you do not want it, so nothing was added.',
      quote: 'You quoted the post. Reply to the post itself, and it goes into your cart.',
      not_a_product: `The post that you replied to is not one that sells something here, so nothing was added.${
        detail.kept ? ' If it goes on sale within a week, your reply counts.' : ''
      }`,
      merchant_self: 'The merchant’s own reply.',
      opted_out: 'You asked us to leave you alone, so nothing was added.',
      no_trigger: 'It has no hashtag of ours.',
      retweet: 'A repost is no order.',
      bot_self: 'Our own post.',
      not_a_reply: 'It is no reply to a product post.',
    };
    return (reason && reasons[reason]) ?? outcomes[outcome] ?? 'Nothing changed.';
  },

  /** How a reply was read: the tag that fired, how its product was found, the number. Empty for one that was not read so far. */
  why({ tag, found_by, quantity, moved_up }: Detail): string {
    if (tag === undefined) return '';
    const places: Record<FoundBy, string> = {
      parent: 'in reply to its post',
      ancestor: 'further down below its post',
      quoted: 'with its post quoted',
      conversation_root: 'in the conversation below its post',
      conversation: 'in its conversation',
    };
    const place = found_by ? ` ${places[found_by]}` : '';
    const number = quantity === undefined ? '' : `, read as ${quantity}`;
    return `You wrote #${tag}${place}${number}${moved_up ? '; then it was your turn' : ''}.`;
  },

  mail: {
    via: (merchant: string) => `${merchant} via Replycart`,
    greeting: (handle: string | null) => (handle ? `Hello @${handle},` : 'Hello,'),
    update: {
      subjectAdded: (title: string, merchant: string) => `In your cart: ${title} (${merchant})`,
      subjectTurn: (title: string, merchant: string) => `Your turn: ${title} is in your cart (${merchant})`,
      subjectWaiting: (title: string, merchant: string) => `On the waiting list: ${title} (${merchant})`,
      subjectAsked: (title: string) => `Which one? ${title}`,
      subjectOther: (merchant: string) => `Your reply to ${merchant}`,
      subjectPlatform: 'Your reply',
      cartHeading: (merchant: string) => `Your cart at ${merchant}`,
      cartEmpty: (merchant: string) => `Your cart at ${merchant} is empty.`,
      button: 'See the cart and pay',
      answerButton: 'Choose',
      keep: (n: number) =>
        `Nothing is charged until you pay. The link works for ${days(n)}; prices are those of the day you pay.`,
      undoLink: 'Undo or change',
      undo: 'On the same page you change quantities and remove things. Deleting your reply on X does not empty the cart.',
    },
    code: {
      subject: (code: string) => `${code} is your Replycart code`,
      text: 'Somebody, most likely you, wants mail about their carts to come to this address. To allow that, type this code where you were asked for it:',
      ignore: 'If it was not you, do nothing: without the code nothing happens.',
    },
    links: {
      subject: 'Your carts',
      text: 'You asked for the way back to your carts. Here they are:',
      none: 'You asked for the way back to your carts. There is nothing in them at the moment.',
      button: (merchant: string) => `Open the cart at ${merchant}`,
      ignore: 'If you did not ask, you may ignore this mail.',
    },
    receipt: {
      subject: (order: string, merchant: string) => `Receipt for order ${order} (${merchant})`,
      text: (merchant: string) => `Thank you. ${merchant} has your payment and your order:`,
      downloads: 'Your downloads',
      shipTo: 'It will be sent to',
      questions: (email: string) => `Questions about the order? Write to ${email}, or reply to this mail.`,
      returns: (text: string) => `Returns: ${text}`,
    },
    order: {
      subject: (order: string) => `New order ${order}: paid, please send`,
      subjectDigital: (order: string) => `New order ${order}: paid and delivered`,
      text: 'This order is paid.',
      shipTo: 'Send it to',
      digital: 'Downloads were mailed to the shopper; there is nothing to send for them.',
      shopper: (handle: string | null, email: string | null) =>
        `Shopper: ${[handle && `@${handle}`, email].filter(Boolean).join(', ') || 'unknown'}`,
    },
    unregistered: {
      subject: (n: number) => `${n} replies wait for a post that your catalog does not name`,
      text: (n: number) =>
        `${n} people have replied with your hashtag to this post of yours, and it is in no product’s list of posts, so nothing was added to their carts:`,
      cure: 'To sell with it, put its address under “posts” of the product in your catalog and apply the catalog. What was written in the last 7 days is settled then, in the order in which it was written. If the post offers nothing, do nothing.',
    },
    refund: {
      subject: (amount: string, merchant: string) => `${amount} given back (${merchant})`,
      text: (amount: string) =>
        `We have given your payment of ${amount} back in full. Banks take 5 to 10 days to show it.`,
      reason: {
        cart_already_paid:
          'The same cart was paid twice; the first payment stands, and its order is on its way.',
        sold_out: 'Somebody else paid for the last piece a moment earlier. We are sorry.',
      } satisfies Record<RefundReason, string>,
      items: (titles: string[]) => `It was for: ${list(titles)}.`,
    },
    post: {
      subject: 'About one of your product posts',
      text: 'We have read a post with which you sell. This is what we found:',
      findings: {
        missing: () => 'X does not show it any more: it is deleted or protected.',
        foreign: () => 'It was written by another account than yours.',
        changed: () => 'It says something else than when we read it last.',
        no_tag: (tags) => `It does not tell readers what to reply: write ${list(tags.slice(0, 3))} into it.`,
        price: (_tags, prices) =>
          `It names another price than your catalog, where it is ${list(prices)}. Shoppers pay the catalog’s price.`,
      } satisfies Record<Finding, (tags: string[], prices: string[]) => string>,
      button: 'See the post',
      heading: 'It says now',
      advice: 'If all is as you want it, there is nothing to do.',
    },
    sum: {
      subtotal: 'Items',
      shipping: 'Shipping',
      free: 'free',
      total: 'Total',
      each: (price: string) => `${price} each`,
    },
    why: (merchant: string | null) =>
      merchant
        ? `You get this mail because you linked your X account with Replycart and replied to a post of ${merchant}.`
        : 'You get this mail because you linked your X account with Replycart.',
    soldBy: (name: string, address: string) => `Sold by ${name}, ${address}`,
    footer: { merchant: 'Who sells', privacy: 'Privacy', terms: 'Terms', cart: 'Lost your link?' },
    test: 'TEST: no real money and no real goods.',
  },

  page: {
    skip: 'Skip to the content',
    sandbox: 'Sandbox: everything here is play. No real posts, mails, goods or money.',
    test: 'TEST: payments here are not real.',
    footer: { privacy: 'Privacy', terms: 'Terms', cart: 'Lost your link?' },
    notFound: {
      title: 'There is nothing here',
      text: 'The address may be mistyped or old. If you are looking for a cart, we can mail you its link.',
    },
    error: {
      title: 'Something went wrong',
      text: 'That was our fault, not yours. Nothing was charged. Please try again in a moment.',
    },
    forbidden: {
      title: 'That did not come from our page',
      text: 'Go back, load the page again and try once more.',
    },
    back: 'Back',
  },

  home: {
    title: 'Reply now, buy later',
    text: 'Reply with the hashtag to a product post on X. The product waits in your cart, and a link in a mail buys it when you like.',
    link: 'Link your X account',
    cart: 'Find your cart',
  },

  link: {
    title: 'Link your X account',
    lead: 'Your replies can fill a cart that only you see. For that we have to know which X account and which e-mail address are yours.',
    storedTitle: 'What we keep, and why',
    stored: [
      ['Your X account’s number and handle', 'to know which replies are yours'],
      ['Your e-mail address', 'to mail you your cart; X tells it to us if you let it, otherwise you type it'],
      ['Your replies with the hashtag', 'the text for a month; what we read in it, for as long as the cart'],
    ] as Array<[string, string]>,
    never:
      'We never post in your name, never show your purchases to anybody but the merchant, and never charge anything until you pay.',
    agree:
      'By going on you agree that we tie the two together for this purpose. You can take that back at any time.',
    button: 'Agree and sign in with X',
    held: (minutes: number) =>
      `Have you replied already? What you asked for is kept, and is in your cart as soon as you are back. Of things that are short, your place is kept for ${minutes === 1 ? 'a minute' : `${minutes} minutes`} after your reply; then it is the next one’s turn.`,
    refusedTitle: 'Not linked',
    refused: 'You did not let X tell us who you are, so nothing was linked and nothing was stored.',
    failed: 'X did not confirm who you are. That happens when the page was left open for too long.',
    again: 'Try again',
  },

  email: {
    title: 'Where should your mail go?',
    lead: (handle: string) =>
      `You are signed in as @${handle}. X has told us no e-mail address, so please type one.`,
    field: 'E-mail address',
    button: 'Mail me a code',
    invalid: 'That is no e-mail address.',
    tooMany: 'That were many codes for one day. Please try again tomorrow.',
    codeTitle: 'Type the code',
    codeLead: (email: string) => `We have mailed a code to ${email}. It is good for 30 minutes.`,
    codeField: 'Code of six digits',
    codeButton: 'Confirm',
    wrongCode: 'That is not the code. Look again, or ask for a new one.',
    another: 'Use another address',
  },

  cart: {
    title: (merchant: string) => `Your cart at ${merchant}`,
    empty: 'Nothing is in this cart. Reply to a product post, and it will be.',
    product: 'Product',
    quantity: 'Quantity',
    change: 'Change',
    remove: 'Remove',
    removeOf: (title: string) => `Remove ${title}`,
    quantityOf: (title: string) => `Quantity of ${title}`,
    was: (price: string) => `was ${price} when you replied`,
    each: (price: string) => `${price} each`,
    reply: 'your reply',
    undo: (n: number) => `Undo: back to ${n}`,
    undoOf: (title: string, n: number) => `Undo your last reply: back to ${n} of ${title}`,
    heldUntil: (time: string) => `kept for you until ${time}`,
    inLineTitle: 'You are waiting for',
    waitingFor: (n: number, title: string) => `${n} × ${title}`,
    ahead: (n: number) =>
      n === 0
        ? 'You are the next.'
        : n === 1
          ? 'One piece is before your turn.'
          : `${n} pieces are before your turn.`,
    inLineNote: 'It goes into your cart by itself when it is your turn, and we mail you. Nothing is charged.',
    leave: 'Stop waiting',
    leaveOf: (title: string) => `Stop waiting for ${title}`,
    subtotal: 'Items',
    shipping: 'Shipping',
    free: 'free',
    total: 'Total',
    pay: (total: string) => `Pay ${total}`,
    payNote:
      'You pay at Stripe; we never see your card. The address is asked there, if anything is sent to you.',
    chooseTitle: 'Please choose',
    choose: (title: string) => `Which ${title}?`,
    add: 'Add to cart',
    soldOut: 'sold out',
    unavailable: {
      paused: 'not for sale at the moment',
      not_started: 'not for sale yet',
      ended: 'not for sale any more',
      withdrawn: 'not for sale any more',
      sold_out: 'sold out',
    },
    left: (n: number) => `only ${n} left`,
    changed: {
      title: 'Please look once more',
      text: 'Something has changed since you opened this page, so nothing was paid yet. This is how the cart is now:',
      totals: (before: string, now: string) => `The total was ${before}; it is ${now} now.`,
      unavailable: 'Not everything can be bought as it is. Change or remove what is marked.',
    },
    refused: {
      over_limit: (n: number) => `At most ${n} for each shopper.`,
      sold_out: (n: number) => (n > 0 ? `Only ${n} are left.` : 'Sold out.'),
      unavailable: 'This is not for sale now.',
    },
    paidTitle: 'Thank you, it is yours',
    paid: (order: string, merchant: string) =>
      `Order ${order} is paid. ${merchant} has it, and your receipt is on its way to you by mail.`,
    waitingTitle: 'Your payment is being confirmed',
    waiting:
      'This takes some seconds. The page looks again by itself; you may also close it: the receipt comes by mail.',
    refundedTitle: 'Your payment was given back',
    refunded: (amount: string) => `We have given ${amount} back in full. The mail that we sent you says why.`,
    alreadyPaid: 'This cart is paid already, so nothing was charged again.',
    soldBy: (merchant: string) => `Sold by ${merchant}`,
    oldLink: {
      title: 'This link opens no cart',
      text: 'It may be old, or a part of it is missing. We can mail you a new one.',
    },
  },

  lost: {
    title: 'Find your cart',
    lead: 'Type the e-mail address that your carts are mailed to, or sign in with X.',
    field: 'E-mail address',
    button: 'Mail me the links',
    done: 'If we know this address, a mail with the links to its carts is on its way.',
    signIn: 'Sign in with X',
  },

  me: {
    title: 'Your carts',
    signedIn: (handle: string) => `Signed in as @${handle}`,
    mail: (email: string) => `Mail goes to ${email}.`,
    noMail: 'We have no e-mail address of yours, so no mail comes.',
    addMail: 'Tell us an address',
    none: 'You have nothing in a cart. Reply to a product post, and you will.',
    open: (merchant: string) => `Open the cart at ${merchant}`,
    signOut: 'Sign out',
  },

  merchant: {
    title: (name: string) => `Who sells: ${name}`,
    onX: 'On X',
    address: 'Postal address',
    support: 'Questions and complaints',
    returns: 'Returns',
    shipping: 'Shipping',
    shippingText: (rate: string, free: string | null, countries: string) =>
      `${rate} to ${countries}${free ? `; free from ${free}` : ''}.`,
    noShipping: 'Nothing is shipped.',
    how: 'How to buy',
    howText: (tag: string) =>
      `Reply ${tag} to one of the merchant’s product posts on X. The product waits in your cart, and you pay when you like.`,
  },

  /**
   * What merchants' accounts say in public: several texts for the same, because X takes repeated words for spam. None
   * names what it is about.
   */
  public: {
    hint: [
      'Thank you! One step is missing: please open the link in our profile.',
      'Good to hear from you. To go on, please follow the link in our profile, once and for all.',
      'Thanks for your reply! The link in our profile takes you to the next step.',
      'Nearly there: the link in our profile tells us where to write to you. You need it only once.',
      'Hello and thank you! We need a word with you in private first: see the link in our profile.',
    ],
    link: [
      (url: string) => `Thank you! One step is missing: ${url}`,
      (url: string) => `Good to hear from you. To go on, please follow this link, once and for all: ${url}`,
      (url: string) => `Thanks for your reply! The next step is here: ${url}`,
      (url: string) => `Nearly there: please tell us where to write to you. You need this only once: ${url}`,
      (url: string) => `Hello and thank you! We need a word with you in private first: ${url}`,
    ],
    problem: [
      'Thank you! There is something we would like to ask: please see your mail.',
      'We have a question about this, and have sent it to you by mail.',
      'Thanks! Not everything is settled yet: your mail tells you what is open.',
      'We have seen your reply, and need another word from you. Please see your mail.',
      'Hello! Please have a look at your mail: something there waits for you.',
    ],
    done: [
      'Thank you! All is noted, and the rest is in your mail.',
      'Done! Please see your mail.',
      'We have seen your reply and sent you a mail about it.',
      'Thanks! Your mail has the details.',
      'Noted, thank you. We have written to you by mail.',
    ],
  },

  /** The page on which a merchant lets us reply for them. */
  merchantSignIn: {
    title: (handle: string) => `Replies by @${handle}`,
    signedIn: (handle: string) => `@${handle} has signed in: replies are posted by this account.`,
    lost: (handle: string) =>
      `@${handle} has to sign in again: X does not take the last sign-in any more, and nothing is posted until then.`,
    lead: 'Shoppers look for an answer where they have replied. If you sign in with X, your own account can give it. As your catalog has it now:',
    says: (first: 'hint' | 'link' | 'none', acknowledge: 'none' | 'problems' | 'all'): string[] => [
      {
        hint: 'Who replies for the first time is told, once a week at most, that the link in your profile is the next step.',
        link: 'Who replies for the first time is told, once a week at most, the address of the next step. X bills $0.20 for each.',
        none: 'Who replies for the first time is told nothing in public.',
      }[first],
      {
        none: 'Who has linked an account gets mail, and no public answer.',
        problems:
          'Who has linked an account gets a public answer when another word of theirs is needed; mail in any case.',
        all: 'Who has linked an account gets a public answer to each order; mail in any case.',
      }[acknowledge],
      'No answer names a product, an option or a price, and orders of what you have marked as sensitive are not acknowledged.',
    ],
    button: 'Sign in with X',
    anew: 'Sign in again',
    which: (handle: string) => `Sign in as @${handle}: another account is not taken.`,
    grantedTitle: 'What you let us do',
    granted: [
      [
        'See posts and accounts',
        'to see whether an answer of ours is there already, before it is sent again',
      ],
      ['Post for you', 'to answer replies to your product posts, one answer to each at most'],
      ['Stay connected', 'so that you need not sign in every two hours; until you sign out'],
    ] as Array<[string, string]>,
    never:
      'We never post anything else, never read your messages, and never follow, like or delete. X wants accounts that answer by themselves to be labelled: switch that on in the settings of your account, under Automation.',
    profile: 'The answers speak of the link in your profile. Put this address there:',
    signOut: 'Sign out',
    toSignOut:
      'To sign out, sign in again first, so that we know it is you. Or take it back at X: Settings, Security and account access, Apps and sessions.',
    refusedTitle: 'Not signed in',
    declined: 'You did not let us post for you, so nothing was stored.',
    failed: 'X did not confirm who you are. That happens when the page was left open for too long.',
    otherAccount: (came: string, wanted: string) =>
      `You came back as @${came}, but the catalog names @${wanted}. Nothing was stored. Switch to @${wanted} at X and try again; if @${came} is right, put its number into the catalog.`,
    tooLittle: 'X gave us less than was asked for, so nothing was stored. Please try again.',
    again: 'Try again',
  },

  privacy: {
    title: 'Privacy',
    text: (days: { held: number; text: number; link: number }) => [
      {
        heading: 'What this service does',
        paragraphs: [
          'Replycart puts products into a cart when you reply to a merchant’s post on X with a hashtag, and mails you a link with which you can pay later. To do that it has to know that a reply is yours and where to write to you.',
        ],
      },
      {
        heading: 'What we keep, and for how long',
        paragraphs: [
          'Your X account’s number and handle, your e-mail address, and the times at which you agreed to that: until you ask us to forget you.',
          `The text of replies to product posts with our hashtags: ${days.text} days. What we read in them (product, number) and what became of it: as long as the cart or order that it belongs to.`,
          `If you have not linked your account: only the number of your account and of your reply, ${days.held} days, so that it can become a cart if you link.`,
          'Your orders, with the name and address that you gave to Stripe for them: as long as the law asks the merchant to keep records.',
          `Links in our mails open your cart for ${days.link} days. Whoever has the link sees the cart, and nothing else of you.`,
        ],
      },
      {
        heading: 'Who gets what',
        paragraphs: [
          'The merchant gets your orders: what, how many, where to. Stripe handles the payment; we never see your card. X tells us your handle and, if you allow it, your e-mail address. Nobody else gets anything. The merchant’s account may answer your reply on X in public; such an answer never says what you have asked for.',
        ],
      },
      {
        heading: 'Your rights',
        paragraphs: [
          'You may ask what we hold, have it corrected, have it handed over, or have it deleted. Write to the merchant’s support address, which stands in every mail, or answer any mail of ours.',
          'You can also take the consent back at X: Settings, Security and account access, Apps and sessions.',
        ],
      },
    ],
  },

  terms: {
    title: 'Terms',
    text: [
      {
        heading: 'Who sells',
        paragraphs: [
          'Each product is sold by the merchant who is named in the cart, in the mail and on the receipt. Your contract is with the merchant. Replycart carries the cart and the payment.',
        ],
      },
      {
        heading: 'Replies bind nobody',
        paragraphs: [
          'A reply with a hashtag puts a product into a cart. It is no order and costs nothing. You order by paying on Stripe’s page; before that you see every line, the shipping and the total.',
          'Prices and stock are those of the moment in which you open the payment page. If something has changed since you saw the cart, we show you the difference first.',
        ],
      },
      {
        heading: 'If something goes wrong',
        paragraphs: [
          'If a cart is paid twice, or somebody else has paid for the last piece first, the payment goes back in full, by itself, and a mail says so.',
          'For questions, returns and complaints write to the merchant; the address is on the merchant’s page.',
        ],
      },
    ],
  },
};
