import type { PurchaseDoubt, RefundReason } from '../../db/schema.ts';
import type { Detail, FoundBy, Line, OutcomeKind, OutcomeReason } from '../../domain/outcome.ts';
import type { Finding } from '../../domain/post-check.ts';
import type { Told } from '../texts.ts';
import { giftText } from './gift.ts';

const list = (words: string[]): string => new Intl.ListFormat('en', { type: 'conjunction' }).format(words);
const either = (words: string[]): string => new Intl.ListFormat('en', { type: 'disjunction' }).format(words);
const pieces = (quantity: number, title: string): string => `${quantity} × ${title}`;
const days = (n: number): string => (n === 1 ? 'a day' : `${n} days`);

/** The handle of an account that is protected or suspended is not kept. */
const as = (handle: string | null): string => (handle ? `as @${handle}` : 'with X');

/** What is said about giving. Amounts come as people read them. */
const donation = {
  /** What became of a reply that gives. */
  outcome: {
    added: (amount: string, title: string) => `In your cart: your donation of ${amount} (${title}).`,
    set: (amount: string, title: string) => `Your donation in the cart is ${amount} now (${title}).`,
    already: (amount: string, title: string) =>
      `Your donation of ${amount} (${title}) is in your cart already, so nothing changed.`,
    held: (amount: string, title: string) => `Kept for you: your donation of ${amount} (${title}).`,
    missing: (title: string, least: string, most: string) =>
      `How much would you like to give (${title})? It can be from ${least} to ${most}.`,
    unclear: (title: string, least: string, most: string) =>
      `We are not sure how much you mean, and do not want to guess (${title}). It can be from ${least} to ${most}.`,
    currency: (title: string, currency: string, least: string, most: string) =>
      `Your reply names another money than ${currency}, which is what is given here (${title}). How much is it to be, from ${least} to ${most}?`,
    bounds: (amount: string, title: string, least: string, most: string) =>
      `${amount} cannot be given here (${title}): it can be from ${least} to ${most}. Nothing changed.`,
  },
  amount: 'How much you give',
  subjectAsked: (title: string) => `How much? ${title}`,
  tap: 'Tap an amount; you confirm it on the page:',
  button: 'Donate',
  give: (amount: string) => `Give ${amount}`,
  giveTo: (amount: string, title: string) => `Give ${amount} to ${title}`,
  another: 'Another amount',
  field: (title: string) => `Another amount for ${title}`,
  change: 'Set the amount',
  range: (least: string, most: string) => `from ${least} to ${most}`,
  bounds: (least: string, most: string) => `It can be from ${least} to ${most}; nothing changed.`,
  obstacle: 'so much cannot be given any more: please choose another amount',
  changed: (title: string, was: string, now: string) => `${title}: ${now} instead of ${was}.`,
  confirm: (title: string) => `${title}: put your donation into the cart?`,
  confirmText: 'Nothing is charged until you pay.',
  pay: (total: string) => `Donate ${total}`,
  paidTitle: 'Thank you for your donation',
  goesTo: (merchant: string) => `Donations go to ${merchant}`,
  card: (amounts: string, tag: string, merchant: string) =>
    `Give ${amounts} to ${merchant}: reply ${tag} and an amount on X, or give here.`,
  receipt: (merchant: string) => `Thank you. ${merchant} has your donation:`,
};

/** Everything that people read, in English. Another language is another file of this shape: see ../texts.ts. */
export const en = {
  language: 'en',
  /** By its own name. */
  languageName: 'English',

  /** What became of a reply, in a sentence or two. */
  outcome({ outcome, reason, detail, title, among }: Told): string {
    if (detail.donation)
      return giftText(detail.donation, { outcome, reason, title: title ?? '…' }, donation.outcome, 'en');
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
      bought: `Bought: ${quantity}.`,
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
        `Nothing is charged until you pay. The link works for ${days(n)}; unless a price is promised, that of the day you pay counts.`,
      undoLink: 'Undo or change',
      undo: 'On the same page you change quantities and options, and remove things.',
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
      shipTo: 'It will be sent to',
      questions: (email: string) => `Questions about the order? Write to ${email}, or reply to this mail.`,
      returns: (text: string) => `Returns: ${text}`,
    },
    shipped: {
      subject: (order: string, merchant: string) => `Order ${order} is on its way (${merchant})`,
      text: (merchant: string, carrier: string | null, number: string | null) =>
        `${merchant} has sent your order${carrier ? ` with ${carrier}` : ''}${number ? `; the parcel’s number is ${number}` : ''}.`,
      follow: 'Follow the parcel',
      shipTo: 'It goes to',
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
      text: (amount: string, whole: boolean) =>
        `We have given ${whole ? `your payment of ${amount} back in full` : `${amount} of your payment back`}. Banks take 5 to 10 days to show it.`,
      reason: {
        cart_already_paid:
          'The same cart was paid twice; the first payment stands, and its order is on its way.',
        sold_out: 'Somebody else paid for the last piece a moment earlier. We are sorry.',
        requested: 'The merchant decided so.',
        cancelled: 'The order was cancelled.',
      } satisfies Record<RefundReason, string>,
      items: (titles: string[]) => `It was for: ${list(titles)}.`,
      ended: 'Downloads and codes that came with it cannot be used any more.',
    },
    post: {
      subject: 'About one of your product posts',
      text: 'We have read a post with which you sell. This is what we found:',
      findings: {
        missing: () =>
          'X does not show it any more: it is deleted or protected. Nothing can be ordered by it now.',
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
    onBehalf: (name: string, address: string) => `Sent on behalf of ${name}, ${address}`,
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
    stored: (n: number): Array<[string, string]> => [
      ['Your X account’s number and handle', 'to know which replies are yours'],
      ['Your e-mail address', 'to mail you your cart; X tells it to us if you let it, otherwise you type it'],
      [
        'Your replies with the hashtag',
        `the text for ${days(n)}; what we read in it, for as long as the cart`,
      ],
    ],
    never:
      'We never post in your name, never show your purchases to anybody but the merchant, and never charge anything until you pay.',
    agree:
      'By going on you agree that we tie the two together for this purpose. You can take that back at any time.',
    button: 'Agree and sign in with X',
    held: (n: number, minutes: number) =>
      `Have you replied already? What you asked for is kept for ${days(n)} after your reply, and is in your cart as soon as you are back. Of things that are short, your place is kept for ${minutes === 1 ? 'a minute' : `${minutes} minutes`} after your reply; then it is the next one’s turn.`,
    refusedTitle: 'Not linked',
    refused: 'You did not let X tell us who you are, so nothing was linked and nothing was stored.',
    failed: 'X did not confirm who you are. That happens when the page was left open for too long.',
    again: 'Try again',
  },

  email: {
    title: 'Where should your mail go?',
    lead: (handle: string | null) =>
      `You are signed in ${as(handle)}. X has told us no e-mail address, so please type one.`,
    field: 'E-mail address',
    button: 'Mail me a code',
    without: 'Go on without mail.',
    withoutMail: 'Then no mail comes: you reach your cart by signing in with X.',
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
    undoOf: (title: string, n: number) => `Undo: back to ${n} of ${title}`,
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
    soldBy: (merchant: string) => `Sold by ${merchant}`,
    oldLink: {
      title: 'This link opens no cart',
      text: 'It may be old, or a part of it is missing. We can mail you a new one.',
    },
  },

  /** What a shopper can do with a cart besides paying, on its page and from the mails about it. */
  ways: {
    post: 'the product post',
    chosenHere: 'You chose it on this page.',
    timeLeft: (hours: number, minutes: number) =>
      hours >= 48
        ? `${Math.floor(hours / 24)} days left`
        : hours > 0
          ? `${hours} h ${minutes > 0 ? `${minutes} min ` : ''}left`
          : `${minutes} min left`,
    option: {
      label: (title: string) => `Another option for ${title}`,
      button: 'Change option',
      soldOut: (label: string) => `${label} (sold out)`,
      closed: (label: string) => `${label} (not for sale now)`,
    },
    takenOut: {
      title: 'Taken out',
      line: (n: number, title: string) => pieces(n, title),
      back: (n: number) => `Put back ${n}`,
      backOf: (n: number, title: string) => `Put back ${pieces(n, title)}`,
    },
    since: {
      title: (time: string) => `Since our mail of ${time}`,
      gone: (title: string) => `${title} is not in the cart any more.`,
      added: (n: number, title: string) => `New in the cart: ${pieces(n, title)}.`,
      byReply: (title: string, was: number, now: number) =>
        `${title}: ${now} instead of ${was}, by a later reply of yours.`,
      byPage: (title: string, was: number, now: number) =>
        `${title}: ${now} instead of ${was}, changed on this page.`,
      obstacle: (title: string, what: string) => `${title}: ${what}.`,
    },
    left: {
      title: 'Not all of it can be bought now',
      rest: (total: string) => `Pay ${total} for what is left`,
      restNote: (lines: string[]) => `That is ${list(lines)}. The rest is taken out of the cart.`,
      wait: 'Put the rest on the waiting list',
      waitNote: (lines: string[]) =>
        `You wait for ${list(lines)}. It goes into your cart by itself when it is your turn, and nothing is charged.`,
      trim: 'Change the cart to what is left',
      trimNote: 'What cannot be bought is taken out, and you look at the cart once more.',
      nothing: 'Nothing of it can be bought now.',
    },
    choose: {
      title: (title: string) => `${title}: put it into the cart?`,
      quantity: (n: number, each: string) => `${n} × ${each}`,
      button: 'Put it into the cart',
      soldOut: 'This one is sold out by now.',
      closed: 'This one is not for sale now.',
      there: 'It is in your cart already.',
      back: 'See the cart and the other options',
    },
    only: {
      title: (n: number, title: string) => `${n === 2 ? 'Both' : 'All'}, or only ${title}?`,
      lead: 'The same product is in your cart more than once:',
      only: (title: string) => `Only ${title}`,
      onlyNote: 'The others are taken out; you can put them back.',
      all: (n: number): string => (n === 2 ? 'Keep both' : 'Keep all'),
    },
    empty: {
      title: (merchant: string) => `Take everything out of your cart at ${merchant}?`,
      button: 'Take everything out',
      keep: 'Keep the cart as it is',
    },
    mail: {
      also: (added: string, others: string[]) =>
        `You have ${list(others)} in your cart, too. Do you want ${others.length === 1 ? 'both' : 'all'}, or only ${added}?`,
      all: (others: number): string => (others === 1 ? 'Both' : 'All'),
      only: (title: string) => `Only ${title}`,
      choose: 'Tap what you want; you confirm it on the page:',
      empty: 'Take everything out of the cart',
      emptyOf: (merchant: string) => `Take everything out of the cart at ${merchant}`,
      deleting: 'Deleting your reply on X does not empty the cart; this link does, after you confirm it:',
      waiting: 'See what you wait for, or stop waiting',
    },
  },

  /** What things cost, what is promised of that, and why a price is another one than before. */
  prices: {
    moved: {
      title: 'Another price than before',
      mailed: (time: string) => `Before: in our mail of ${time}.`,
      line: (title: string, was: string, now: string, why: string) =>
        `${title}: was ${was}, is ${now}; ${why}.`,
    },
    why: {
      changed: 'the merchant has changed it since, and the price of the day you pay counts',
      lower: 'the lower of the two prices counts, as promised',
      promise_over: 'the time for which the price was promised is over',
      offer_over: 'the offer of the post that you replied to has ended',
      anew: 'you have set it again since, and the price of that moment counts',
    },
    promised: (until: string) => `This price is promised until ${until}.`,
    lower: (price: string) => `You pay ${price} or the price of the day, whichever is lower.`,
    lowerUntil: (price: string, until: string) =>
      `You pay ${price} or the price of the day, whichever is lower, until ${until}.`,
    today: (price: string) => `To others it costs ${price} today.`,
    offer: 'The offer of the post that you replied to.',
    bought: (title: string, hours: number) =>
      hours === 0
        ? `You bought this less than an hour ago: ${title}.`
        : `You bought this ${hours === 1 ? 'an hour' : `${hours} hours`} ago: ${title}.`,
    boughtNote: 'If you want it once more, go on. If not, take it out of the cart.',
  },

  /** The public page of a product: what it is, what it costs, and how to have it. */
  product: {
    add: 'Add to cart',
    buy: 'Buy',
    wait: 'Join the waiting list',
    onTheWay:
      'You sign in with X on the way. Nothing is posted, and nothing is charged before you pay at Stripe.',
    quantityNote: 'This many will be in your cart.',
    stock: {
      plenty: 'In stock.',
      few: (n: number) => (n === 1 ? 'One piece is left.' : `Only ${n} are left.`),
      waiting: 'Sold out at the moment. Who joins the waiting list gets it in turn, and hears from us.',
      soldOut: 'Sold out.',
    },
    waitFor: (value: string) => `${value} (waiting list)`,
    soldOut: (value: string) => `${value} (sold out)`,
    opens: (time: string) => `For sale from ${time}.`,
    closes: (time: string) => `For sale until ${time}.`,
    offered: (price: string) => `The offer of one post: elsewhere it costs ${price}.`,
    promised: (hours: string) => `The price at which you add it is promised for ${hours}.`,
    lower: 'You pay the price at which you add it or that of the day, whichever is lower.',
    lowerFor: (hours: string) =>
      `For ${hours} you pay the price at which you add it or that of the day, whichever is lower.`,
    how: 'On X',
    comes: {
      digital: 'It is a download: the link to it comes by mail as soon as it is paid.',
      service: 'A code for it comes by mail as soon as it is paid: show it when you come.',
    },
    howText: (tag: string) => `Reply ${tag} to a post that offers it, and it waits in your cart:`,
    post: (day: string) => `Post of ${day}`,
    shipping: (rate: string) => `Shipping comes on top: ${rate}, once for each order.`,
    shippingFrom: (rate: string) => `Shipping comes on top: from ${rate}, once for each order.`,
    postOffer: (price: string) => `for replies to this one it costs ${price}`,
    offerHere: 'have it at this price here',
    card: (price: string, tag: string, merchant: string) =>
      `${price}. Reply ${tag} on X and it waits in your cart, or buy it here. Sold by ${merchant}.`,
    refused: 'That did not work',
    optedOut: 'You told us to stop, so nothing was added. You can come back on your own page.',
    me: 'Your own page',
    thenAdd: (title: string) => `After this ${title} goes into your cart.`,
    thenBuy: (title: string) => `After this you can pay for ${title}.`,
    gone: {
      title: 'Not sold any more',
      text: (title: string) => `${title} is not for sale any more.`,
      more: (merchant: string) => `What ${merchant} sells now`,
    },
    all: 'Products',
    none: 'Nothing is for sale at the moment.',
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
    signedIn: (handle: string | null) => `Signed in ${as(handle)}`,
    mail: (email: string) => `Mail goes to ${email}.`,
    noMail: 'We have no e-mail address of yours, so no mail comes.',
    addMail: 'Tell us an address',
    none: 'You have nothing in a cart. Reply to a product post, and you will.',
    open: (merchant: string) => `Open the cart at ${merchant}`,
    signOut: 'Sign out',
  },

  /** On /me, beside the carts: what we hold, what may be decided, and how to leave. */
  account: {
    saved: 'That is noted.',
    busy: 'Others are fetching their data at this moment. Please try again in a minute.',
    optedOut: {
      title: 'You told us to stop',
      text: 'You wrote a stop tag on X, so your replies count for nothing and no mail about carts comes. If you come back, replies that you write from now on count again. Those that you wrote meanwhile stay as they are, and your carts are where you left them.',
      button: 'Come back',
    },
    mailTitle: 'Mail',
    another: 'Use another address',
    anotherLead: (handle: string | null, email: string) =>
      `You are signed in ${as(handle)}, and your mail goes to ${email}. It goes to the new address once you have typed the code that we mail there.`,
    removeAddress: 'No mail at all: remove my address',
    removedNote: 'You had your address removed. Receipts go to the address that you give when you pay.',
    cartMails: {
      on: 'What becomes of your replies is mailed to you.',
      off: 'No mail about your carts is sent. Receipts for what you pay are.',
      start: 'Mail me about my carts',
      stop: 'No mail about my carts',
    },
    reminders: {
      on: 'We remind you of what waits in a cart.',
      off: 'We do not remind you of what waits in a cart. If you agree, we do so by mail, now and then, until you say stop.',
      start: 'I agree: remind me',
      stop: 'No reminders',
    },
    language: {
      label: 'Language of our mails and of this page',
      browser: 'As my browser says',
      button: 'Save',
    },
    timezone: {
      label: 'Your time zone: for the hours without reminders, and for the times that we tell',
      merchants: 'That of each cart’s merchant',
      button: 'Save the time zone',
    },
    heldTitle: 'What we hold of you',
    held: {
      account: 'X account',
      accountText: (handle: string | null, id: string) => `${handle ? `@${handle}, ` : ''}number ${id}`,
      email: 'E-mail address',
      none: 'none',
      typed: (email: string) => `${email}, which waits for its code`,
      linked: 'Linked since',
      locale: 'Your browser’s language when you last signed in',
      consents: 'You agreed',
      consent: { linking: 'to linking your X account', reminders: 'to reminders' },
      withdrawn: (time: string) => `taken back ${time}`,
      sessions: 'Browsers that are signed in',
      replies: (n: number) => `Your replies (${n})`,
      said: (text: string) => `“${text}”`,
      gone: 'Its text is deleted by now.',
      orders: (n: number) => `Your orders (${n})`,
      order: (order: string, merchant: string, total: string) => `Order ${order} at ${merchant}: ${total}`,
      sentTo: (address: string) => `To ${address}`,
      receiptTo: (email: string) => `Receipt to ${email}`,
      mails: (n: number) => `Mails to you (${n})`,
      mail: {
        update: 'About your replies',
        code: 'A code',
        links: 'Links to your carts',
        receipt: 'Receipt',
        refund: 'A payment given back',
        delivery: 'Downloads and codes',
        buying: 'About a purchase by reply',
        unbought: 'A purchase that came to nothing',
        reminder: 'A reminder',
        shipped: 'An order on its way',
        swapped: 'An order that has changed',
        payment_failed: 'A payment that failed',
      } as Partial<Record<string, string>>,
      status: {
        sent: 'sent',
        pending: 'not sent yet',
        sending: 'on its way',
        skipped: 'not sent',
        failed: 'could not be sent',
      } as Record<string, string>,
    },
    download: 'Download everything',
    downloadNote:
      'A file with every entry that is about you, to the last letter, which programs can read (JSON).',
    leaveTitle: 'Leave',
    everywhere: 'Sign out in all browsers',
    unlink: {
      title: 'Unlink your X account',
      link: 'Unlink my X account …',
      text: [
        'Your e-mail address, your consents, your open carts and what is kept for you in them are deleted, and all browsers are signed out. It is as if you had never linked.',
        'Your orders stay, and so do their receipts.',
        'If you reply to a product post again, that is held for some days until you link, as with everybody who is new here.',
      ],
      button: 'Unlink',
      doneTitle: 'Unlinked',
      done: 'Your X account is not linked any more. To take back what you allowed at X, go to its Settings, Security and account access, Apps and sessions.',
    },
    erase: {
      title: 'Erase everything',
      link: 'Erase everything …',
      text: (days: number) => [
        'Everything that we hold of you is deleted: address, consents, carts, the text of your replies, the mails. Nobody can bring it back, not even you.',
        `Orders stay in the books, as the law asks, without your X account and e-mail address. The name and address that an order goes to stay for ${days === 1 ? 'a day' : `${days} days`} after the order, so that it reaches you; then they go, too.`,
        'Receipts and downloads that you have not saved cannot be had again. The merchant may have noted your order elsewhere: ask there, too.',
        'Replies that you have written up to now never count again. If you link your account one day, you begin anew.',
      ],
      sure: 'Yes, erase everything',
      button: 'Erase',
      doneTitle: 'Erased',
      done: 'We have forgotten you. To take back what you allowed at X, go to its Settings, Security and account access, Apps and sessions.',
    },
    keep: 'No, go back',
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
          'If you keep a card: Stripe keeps its number. We keep its brand, last four digits and expiry, where your things go, and what you have agreed that replies may buy, with limits and time: until you remove it or ask us to forget you.',
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
          'You may see what we hold, correct it, take it along, or have it deleted: sign in with X at /me. Or write to the merchant’s support address, which stands in every mail, or answer any mail of ours.',
          'Every mail about your carts has a link that ends such mail. Reminders come only if you have agreed to them, on the page of a cart, and end in the same way.',
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
          'Prices and stock are those of the moment in which you open the payment page; where another price was promised, that one counts as long as the promise says. If something has changed since you saw the cart, we show you the difference first.',
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

  /** What shoppers decide about their mail, and what follows from it. */
  mailControl: {
    lookButton: 'See the cart',
    subjectBlocked: (title: string, merchant: string) =>
      `In your cart, but not to be had now: ${title} (${merchant})`,
    footer: { unsubscribe: 'Unsubscribe', noReminders: 'No more reminders' },
    reminder: {
      subject: (title: string | null, merchant: string) =>
        `Still in your cart${title === null ? '' : `: ${title}`} (${merchant})`,
      subjectHold: (title: string | null, merchant: string) =>
        `Kept for you a little longer${title === null ? '' : `: ${title}`} (${merchant})`,
      text: (merchant: string) => `You asked us to remind you. This waits in your cart at ${merchant}:`,
      textHold: (merchant: string, until: string) =>
        `You asked us to remind you. What we keep for you at ${merchant} goes to others at ${until}, unless it is paid by then:`,
      kept: (until: string) => `We keep what is short for you until ${until}.`,
      most: 'We remind you of a cart three times at most, and never after it is paid.',
    },
    unsubscribe: {
      title: 'Mail about your carts',
      ask: 'Do you want no more of it?',
      ends: 'That ends: mail about what became of your replies and what is in your carts, and reminders. Your replies go on filling your carts.',
      stays:
        'What still comes: receipts and all other mail about what you have paid, and codes and links that you ask for.',
      button: 'Unsubscribe',
      return: 'You can come back at any time: on this same page, or on',
      me: 'your own page',
      doneTitle: 'You are unsubscribed',
      done: 'You get no more mail about your carts, and no reminders.',
      returnButton: 'Send me mail about my carts again',
      stoppedTitle: 'You have asked us to stop',
      stopped:
        'You wrote to us to leave you alone. Since then your replies put nothing into a cart, and you get no mail but about what you have paid.',
      stoppedReturn:
        'If you come back, your replies count again from then on, and we mail you what became of them.',
      stoppedButton: 'Come back',
      remindersTitle: 'Reminders',
      remindersAsk:
        'Do you want no more reminders of what waits in your carts? Other mail about your carts still comes.',
      remindersButton: 'No more reminders',
      remindersOff:
        'You get no reminders. If you want them again: the page of every cart has a button for it.',
    },
    cart: {
      unsubscribed: 'You get no mail about this cart, because you have unsubscribed.',
      stopped: 'You get no mail about this cart, because you have asked us to stop.',
      change: 'Change that',
      title: 'Shall we remind you?',
      agree: (quiet: { from: number; to: number; own: boolean } | null) =>
        `If you agree, we mail you reminders of what waits in your carts, at every merchant: an hour and a day after the last change, and half an hour before something is kept for you no longer. Three at most for each cart${
          quiet
            ? `, and none between ${quiet.from}:00 and ${quiet.to}:00 by ${quiet.own ? 'your' : 'the merchant’s'} clock`
            : ''
        }. You can end that at any time, with the link in each reminder or here.`,
      remind: 'Agree, and remind me',
      on: 'We remind you of what waits in your carts.',
      refused: (email: string) =>
        `We cannot reach ${email}: its mail server takes no mail for it. Until you give us another address, we cannot mail you about this cart, and a receipt may not reach you.`,
      another: 'Give another address',
    },
    refusedLead: (handle: string | null, email: string) =>
      `You are signed in ${as(handle)}. We cannot reach ${email}: its mail server takes no mail for it. Please type another address, or the same if it works again.`,
  },
  /** What may become of an order after it was paid: for shoppers, merchants and whoever runs this. */
  after: {
    order: {
      title: (order: string) => `Order ${order}`,
      stateTitle: 'How it stands',
      state: {
        paid: 'Paid. It is not on its way yet.',
        delivered: 'Paid and delivered.',
        settled: 'Paid. There is nothing to send.',
        shipped: 'It is on its way.',
        cancelled: 'Cancelled. Your payment goes back to you.',
        refunding: 'Your whole payment is being given back.',
        refunded: 'Your whole payment was given back.',
      },
      ordered: 'Ordered',
      sent: 'Sent',
      parcel: 'The parcel',
      to: 'It goes to',
      given: 'Given back',
      givenText: (amount: string, time: string) => `${amount}, ${time}`,
      piecesGiven: (pieces: number) => `given back: ${pieces}`,
      changes: 'Changed',
      changed: (n: number, from: string, to: string) => `${n} × ${to} instead of ${from}`,
      questions: (email: string) => `Questions about the order? Write to ${email}.`,
      see: 'See the order',
      oldLink: {
        title: 'This link opens no order',
        text: 'It may be old, or a part of it is missing. If you sign in with X, you find your orders on your page.',
        button: 'To my page',
      },
    },
    swap: {
      title: 'Would you rather have another option?',
      text: 'As long as the order is not on its way you can swap, at the same price. Nothing is charged or given back for that.',
      label: (title: string) => `In place of ${title}`,
      soldOut: (title: string) => `${title}: sold out`,
      button: 'Swap',
      buttonOf: (title: string) => `Swap ${title}`,
      done: 'Swapped. The merchant has been told.',
      refused: {
        sold_out: 'Not enough pieces of that are left, so nothing was changed.',
        over_limit: 'The merchant does not sell so many of that to one shopper, so nothing was changed.',
        no_option: 'That cannot be had any more, so nothing was changed.',
        shipped: 'The order is on its way already, so nothing was changed.',
        cancelled: 'The order is cancelled, so nothing was changed.',
        given_back: 'The payment goes back to you, so nothing was changed.',
        unknown: 'There is no such order.',
      },
    },
    cancel: {
      link: 'Cancel this order …',
      until: (time: string, unless: string[]) =>
        `You can cancel the order until ${time}${unless.length > 0 ? `, as long as ${list(unless)}` : ''}.`,
      unless: { sent: 'it is not on its way', used: 'nothing of it was downloaded or used' },
      title: (order: string) => `Cancel order ${order}?`,
      text: (amount: string) =>
        `The whole order is cancelled, and ${amount} goes back to where it came from. Banks take 5 to 10 days to show it.`,
      button: 'Yes, cancel the order',
      keep: 'No, keep it',
      done: 'The order is cancelled. A mail tells you when your money is on its way back.',
      refused: {
        cancelled: 'The order is cancelled already.',
        given_back: 'The payment was given back already.',
        shipped: 'The order is on its way already. If you do not want it, write to the merchant.',
        disputed: 'Your bank is looking into this payment, so the order cannot be cancelled here.',
        used: 'A part of it was delivered already, so the order cannot be cancelled here. Write to the merchant.',
        never: 'This merchant’s orders cannot be cancelled here. Write to the merchant.',
        too_late: 'The time for cancelling is over. Write to the merchant.',
        unknown: 'There is no such order.',
      },
    },
    processing: {
      title: 'Your bank is still working on it',
      text: 'The way in which you have paid takes some days. What is short is kept for you meanwhile. When the money arrives, the receipt comes by mail; if your bank refuses, we write to you, too, and the cart is open again.',
      cart: 'See the cart',
      again: (amount: string) =>
        `A payment of ${amount} for this cart is under way. If you pay once more and both arrive, one goes back to you.`,
    },
    mail: {
      cancel: 'Cancel this order',
      cancelled: {
        subject: (order: string) => `Order ${order} is cancelled: do not send it`,
        subjectDigital: (order: string) => `Order ${order} is cancelled`,
        byShopper: 'The shopper has cancelled this order, and the payment goes back.',
        byStaff: 'We have cancelled this order, and the payment goes back.',
        physical: 'Do not send it.',
        digital: 'Its downloads have ended.',
        service: 'Its codes that were not used yet are void: do not take them any more.',
        stock: 'Its pieces are in your stock again.',
      },
      swapped: {
        subject: (order: string, merchant: string) => `Order ${order} has changed (${merchant})`,
        text: 'This has changed in your order. Nothing is charged or given back for it:',
      },
      orderSwapped: {
        subject: (order: string) => `Order ${order} has changed: please send another option`,
        byShopper: 'The shopper would rather have another option, at the same price. Please send:',
        byStaff: 'We have changed the order to another option, at the same price. Please send:',
        item: (n: number, to: string, from: string) => `${n} × ${to}, not ${from}`,
      },
      failed: {
        subject: (merchant: string) => `Your bank has refused the payment (${merchant})`,
        text: 'Your bank has not paid for your cart, so nothing was charged and nothing was ordered. It is all in your cart again, and you can pay in another way:',
      },
      dispute: {
        subject: {
          warning: (amount: string) => `A payment of ${amount} may be fraud`,
          inquiry: (amount: string) => `A bank asks about a payment of ${amount}`,
          open: (amount: string) => `A payment of ${amount} is disputed`,
          won: (amount: string) => `The dispute over ${amount} is won`,
          lost: (amount: string) => `The dispute over ${amount} is lost`,
          over: (amount: string) => `The dispute over ${amount} has ended`,
        },
        text: {
          warning:
            'The card’s network takes this payment for fraud. No money has moved yet. Giving it back before anything is sent averts most disputes, and their fee.',
          inquiry:
            'The shopper’s bank asks what this payment was for. No money has moved yet, and a good answer in time may avert a dispute.',
          open: 'The shopper’s bank has taken the money back until it decides. Whoever has evidence, such as a proof of delivery, hands it in at Stripe. Do not give the money back besides: it would go back twice.',
          won: 'The bank has decided against the shopper, and the money is back.',
          lost: 'The bank has decided for the shopper, and the money is gone.',
          over: 'It has ended, and no money was moved.',
        },
        order: (order: string) => `Order ${order}`,
        noOrder: 'No order has come of this payment.',
        payment: (id: string) => `Payment ${id} at Stripe`,
        reason: (reason: string) => `Reason: ${reason}`,
        until: (time: string) => `Answer by ${time}`,
      },
    },
    /** The page on which a merchant's people send orders. */
    ship: {
      title: (merchant: string) => `Orders to send: ${merchant}`,
      link: 'See the orders to send',
      none: 'There is nothing to send.',
      carrier: 'Carrier',
      tracking: 'The parcel’s number, or the address that follows it',
      button: 'It is on its way',
      buttonOf: (order: string) => `Order ${order} is on its way`,
      done: (order: string) => `Order ${order} is on its way, and the shopper hears of it.`,
      refused: (order: string) =>
        `Do not send order ${order}: it was cancelled or given back a moment ago, or sent already.`,
      note: 'The oldest come first, 100 at most. For an hour after signing in, this browser may see them.',
    },
  },
  /** Where it is sent to, the tax, and merchants' own accounts at Stripe. */
  connect: {
    tax: 'Tax',
    taxIncluded: 'Tax, in the prices',
    taxLater: 'Tax comes on top: it is worked out while you pay, by where you are.',
    ours: (part: string, rest: string) => `We keep ${part}; ${rest} go to your account at Stripe.`,
    pricesWithTax: 'The prices include tax.',
    shippingTo: (country: string) => `Shipping (${country})`,
    shipTo: 'Send it to',
    shipToButton: 'Change country',
    notReady: (merchant: string) =>
      `${merchant} cannot take payments at the moment. Your cart stays as it is: you can pay later, with the same link.`,
    tooMuch: (most: string) =>
      `That is more than can be paid at once: ${most} is the most. Take something out and pay it by itself.`,
    account: {
      title: (merchant: string) => `The account that ${merchant} is paid to`,
      lead: 'Stripe keeps it. It asks who you are and which bank account is yours, and pays out what you sell; we see none of that.',
      fee: (percent: string) =>
        `We keep ${percent} of the price of what you sell, without shipping and tax. It is given back with every refund.`,
      ready: 'The account is ready. What you sell is paid to it.',
      noPayouts:
        'Stripe takes payments for you, but does not pay them out to your bank yet: it still wants to know something.',
      unfinished:
        'Stripe still wants to know something. Until it does, nobody can pay you; carts are kept meanwhile.',
      checking:
        'You have answered everything. Stripe is checking it; until that is done nobody can pay you. Carts are kept meanwhile.',
      gone: 'The account is closed, or was taken away from us, so nobody can pay you. Write to us for another one.',
      button: 'Go on at Stripe',
      change: 'Change something at Stripe',
      oldTitle: 'This link has ended',
      old: 'Write to us for a new one.',
    },
    stopped: {
      subject: 'Nobody can pay you at the moment: Stripe has stopped it',
      text: 'Stripe has stopped taking payments for your account. Until it takes them again nothing is sold for you: replies fill carts, and shoppers read that they can pay later, with the same link.',
      button: 'See what Stripe wants to know',
      until: (date: string) =>
        `The button leads to the page of your account, until ${date}. Whoever has this mail can answer for you, so do not pass it on.`,
    },
  },

  /** Cards that are kept, and replies that buy at once. */
  buyNow: {
    doubt: {
      over_order: 'It costs more than an order may that a reply buys: you set that limit.',
      over_day: 'With it, replies would buy for more within a day than you allow.',
      late: 'Your reply reached us late. We ask whether you still want it.',
      sensitive: 'It is something that we do not buy without asking.',
      first_here: 'It is the first that you buy from this merchant by a reply, so we ask.',
      again:
        'You bought this, or asked for it, a few minutes ago. To be sure that you want it once more, we ask.',
      unsure:
        'Your reply does not stand right below the product’s post, so we ask whether this is what you mean.',
    } as Record<PurchaseDoubt, string>,
    mail: {
      subjectBuying: (merchant: string) => `Buying now at ${merchant}: undo it if it is not right`,
      subjectConfirm: (merchant: string) => `Please confirm your purchase at ${merchant}`,
      subjectUnbought: (merchant: string) => `Not bought yet: your order at ${merchant}`,
      buying: (card: string, seconds: number) =>
        `You asked to buy this now. ${seconds} seconds after this mail we charge your ${card}, unless you undo it.`,
      nothingYet: 'Nothing is charged unless you confirm it.',
      shipTo: (address: string) => `It goes to: ${address}`,
      undo: 'Undo',
      undoNote:
        'Or reply with the hashtag that removes it. What you undo stays in your cart, and nothing is charged.',
      confirm: 'Look and confirm',
      otherwise: 'If you do nothing, it waits in your cart.',
      reply: 'The reply that asked for it',
      stop: 'You agreed that replies of yours may buy here. You can end that at any time:',
      stopLink: 'Your cards and limits',
      unbought: {
        authentication: 'Your bank wants to ask you before it pays, so nothing was charged.',
        declined: 'The payment with your card did not work, so nothing was charged.',
        unavailable: 'What you asked to buy could not be bought as it was announced, so nothing was charged.',
      },
      inCart: 'It waits in your cart.',
      finish: {
        authentication: 'Finish the payment',
        declined: 'Pay in another way',
        unavailable: 'See the cart',
      },
      invite: (merchant: string) =>
        `You asked to buy at once. For that ${merchant} and we need your leave once: card, address and limits. After that, such a reply is all it takes.`,
      inviteLink: 'Set it up',
    },
    page: {
      title: {
        waiting: (merchant: string) => `Buying at ${merchant}`,
        confirming: (merchant: string) => `Buy this at ${merchant}?`,
        charging: (merchant: string) => `Paying at ${merchant}`,
        bought: (merchant: string) => `Bought at ${merchant}`,
        declined: (merchant: string) => `Not bought at ${merchant}`,
        undone: (merchant: string) => `Undone at ${merchant}`,
        lapsed: (merchant: string) => `Not bought at ${merchant}`,
      },
      until: (time: string, zone: string) => `You can undo it until ${time} (${zone}).`,
      soon: 'The mail that tells you is on its way. You can undo it now.',
      after: {
        charging: 'Your card is being charged. That takes a moment.',
        bought: 'It is yours. The receipt comes by mail.',
        declined: 'The payment did not work, and nothing was charged. It waits in your cart.',
        undone: 'Nothing is charged. What you have not removed waits in your cart.',
        lapsed: 'It could not be bought any more, and nothing was charged.',
      },
      total: (money: string) => `Together with shipping: ${money}`,
      confirm: (money: string) => `Buy now, pay ${money}`,
      signIn: 'Sign in with X to confirm',
      undo: 'Undo',
      doNotBuy: 'Do not buy it',
      undoNote: 'It stays in your cart.',
      toCart: 'To the cart',
    },
    cart: {
      pay: (money: string, card: string) => `Buy now, pay ${money} with ${card}`,
      sendTo: (address: string) => `Goes to ${address}.`,
      change: 'Another address',
      noAddress: 'To pay with the card that you keep here, tell us where it goes.',
      addAddress: 'Add an address',
      another: 'Pay in another way',
      signIn: 'Sign in with X to pay with a card that you keep here, or to keep one',
      declined:
        'The payment with this card did not work, and nothing was charged. Try another one, or pay in another way.',
      buyingTitle: 'Your replies are about to buy',
      toUndo: 'look or undo',
      toConfirm: 'confirm',
    },
    address: {
      title: 'Where it goes',
      lead: 'Things that you pay with a card that you keep here go to this address.',
      name: 'Full name',
      line1: 'Street and number',
      line2: 'Flat, floor',
      postalCode: 'Postal code',
      city: 'City',
      state: 'State or region',
      country: 'Country',
      optional: '(optional)',
      invalid: 'Please fill in name, street, city and country.',
      button: 'Save the address',
      remove: 'Delete the address',
    },
    list: {
      title: 'Buy with a reply',
      lead: 'At these merchants a reply can buy at once, if you agree to it:',
      none: 'No merchant here offers that at the moment.',
    },
    enrol: {
      title: (tag: string, merchant: string) => `Buy with ${tag} at ${merchant}`,
      lead: (tag: string, merchant: string, seconds: number) =>
        `Reply ${tag} to a product post of ${merchant}, and it is bought: with the card, to the address and up to the limits that you set here. A mail says so first, and for ${seconds} seconds you can undo it.`,
      holds: (perOrder: string, perDay: string) =>
        `You have agreed to it: up to ${perOrder} an order and ${perDay} a day.`,
      noCard: 'First keep a card: on a page of Stripe, where nothing is charged. We never see its number.',
      waiting: 'Your card is on its way here. This page loads itself again.',
      keepCard: 'Keep a card',
      anotherCard: 'Keep another card',
      keepCardNote: 'Stripe keeps the card for us. You can remove it at any time on your page.',
      card: 'Card',
      cardUntil: (card: string, month: number, year: number) =>
        `${card}, valid until ${String(month).padStart(2, '0')}/${year}`,
      limits: 'Limits',
      perOrder: (currency: string) => `At most for one order, with shipping (${currency})`,
      perDay: (currency: string) => `At most within 24 hours (${currency})`,
      limitsNote: 'Above that, nothing is bought before you have confirmed it.',
      consentTitle: 'What you agree to',
      consent: (tag: string, merchant: string, seconds: number) => [
        `We may charge the card that you choose for what you order from ${merchant} by replies with ${tag}, without asking you again each time.`,
        `When: each time that you write such a reply, ${seconds} seconds after the mail that announces it. Never without a reply of yours.`,
        'How much: the price that the product has for you at your reply, times the number, with shipping and taxes; at most what you allow here for one order and for 24 hours.',
        `How to stop: undo a single purchase by the link in its mail, or by a reply that removes it. End this leave at any time here or on your page; removing the card ends it, too. It ends by itself after a year.`,
        'Once it is paid, the merchant’s rules about returns hold.',
      ],
      returns: (merchant: string) => `Returns at ${merchant}`,
      agree: 'I agree that purchases by my replies are charged to this card, as described here.',
      button: 'Agree',
      change: 'Agree to the changes',
      stop: (merchant: string) => `End it at ${merchant}`,
      invalid: {
        limits:
          'Please give both limits as amounts; that of a day must not be smaller than that of an order.',
        form: 'Please choose a card and tick that you agree.',
      },
    },
    me: {
      title: 'Cards and where things go',
      noCards: 'You keep no card here. When you pay, you can have it kept.',
      remove: 'Remove the card',
      removeOf: (card: string) => `Remove the card ${card}`,
      sendTo: (address: string) => `Things go to ${address}.`,
      noAddress: 'We know no address of yours.',
      changeAddress: 'Change the address',
      grantsTitle: 'Where your replies may buy',
      noGrants: 'Nowhere.',
      grant: (merchant: string, perOrder: string, perDay: string, until: string) =>
        `${merchant}: up to ${perOrder} an order and ${perDay} a day, until ${until}`,
      enrol: 'Let a reply buy',
    },
  },
  /** What is downloaded, and services that are given to whoever shows a code. */
  delivery: {
    mail: {
      subject: (order: string, merchant: string) => `Here is what you bought: order ${order} (${merchant})`,
      text: (merchant: string) => `This comes with your order at ${merchant}:`,
      again: (merchant: string) =>
        `Once more, this comes with your order at ${merchant}. Download links that we mailed you before do not work any more.`,
      download: (title: string) => `Download: ${title}`,
      until: (n: number, date: string) =>
        n === 1
          ? `It can be downloaded once, until ${date}.`
          : `It can be downloaded ${n} times, until ${date}.`,
      codes: (merchant: string) =>
        `Show a code to the people of ${merchant}, or read it to them: each is good for one piece, once. Whoever has it can use it, so keep it to yourself.`,
      used: 'Its code has been used.',
      follows: 'Downloads and codes come in a mail of their own.',
      service:
        'The shopper has got a code for each service. Look it up when it is shown to you, and mark it as used: a code is good once.',
      donation: 'Donations: there is nothing to send for them.',
    },
    page: {
      from: (merchant: string, order: string) => `From ${merchant}, order ${order}`,
      left: (n: number, date: string) =>
        n === 1
          ? `You can download it once more, until ${date}.`
          : `You can download it ${n} times more, until ${date}.`,
      button: 'Download',
      note: 'If the connection breaks, go on within some hours, or press again within ten minutes: that counts once.',
      usesTitle: 'Downloaded',
      ended: {
        refunded: 'Your payment for it was given back, so this cannot be downloaded any more.',
        expired: 'The time in which it could be downloaded is over.',
        used_up: 'It has been downloaded as often as it could be.',
      },
      missing:
        'The file is not where it should be. That is our fault, it was not counted, and we look into it.',
      ask: (email: string) => `If you need it once more, write to ${email}.`,
      oldLink: {
        title: 'This link downloads nothing',
        text: 'A part of it may be missing. Open it once more from the mail that brought it.',
      },
    },
    order: {
      downloads: 'Your downloads',
      left: (n: number) => (n === 1 ? 'once more' : `${n} times more`),
      ended: { refunded: 'given back', expired: 'expired', used_up: 'used up' },
      uses: (times: string[]) => `downloaded ${list(times)}`,
      codes: 'Your codes',
      codesNote: 'They are in the mail that follows the receipt.',
      open: 'not used yet',
      used: (time: string) => `used ${time}`,
      void: 'void: it was given back',
    },
    held: {
      downloaded: (title: string) => `Downloaded: ${title}`,
      used: (title: string) => `Code used: ${title}`,
    },
  },

  donation,
};
