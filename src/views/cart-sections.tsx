import type { Waiting } from '../domain/cart.ts';
import type { Donation } from '../domain/catalog-file.ts';
import { formatMoney } from '../domain/currency.ts';
import type { Difference } from '../domain/since-mail.ts';
import { AmountForms } from './amount-forms.tsx';
import { obstacleText } from './obstacle-text.ts';
import type { Texts } from './texts.ts';

/** What the shopper waits for, and how to stop that. */
export function WaitingFor({ waiting, path, texts }: { waiting: Waiting[]; path: string; texts: Texts }) {
  const t = texts.cart;
  return (
    <section class="card" aria-labelledby="in-line">
      <h2 id="in-line">{t.inLineTitle}</h2>
      <ul class="lines">
        {waiting.map(({ sku, title, quantity, ahead }) => (
          <li>
            <strong>{t.waitingFor(quantity, title)}</strong>
            <span class="about soft small">{t.ahead(ahead)}</span>
            <div class="controls">
              <form method="post" action={`${path}/waiting`}>
                <input type="hidden" name="sku" value={sku} />
                <button type="submit" aria-label={t.leaveOf(title)}>
                  {t.leave}
                </button>
              </form>
            </div>
          </li>
        ))}
      </ul>
      <p class="small soft">{t.inLineNote}</p>
    </section>
  );
}

/** A question that a reply left open, with what can be chosen. */
export interface Question {
  title: string;
  choices: Array<{ sku: string; label: string; price: number; soldOut: boolean; closed: boolean }>;
  /** What is asked is how much. */
  donation: Donation | null;
}

interface QuestionsProps {
  path: string;
  questions: Question[];
  currency: string;
  locale: string;
  texts: Texts;
}

/** What replies have left open, as choices to tap. */
export function Questions({ path, questions, currency, locale, texts }: QuestionsProps) {
  const t = texts.cart;
  return (
    <section class="card" aria-labelledby="choose">
      <h2 id="choose">{t.chooseTitle}</h2>
      {questions.map((question) =>
        question.donation && question.choices[0] ? (
          <fieldset class="choices">
            <legend>{question.title}</legend>
            <AmountForms
              path={path}
              sku={question.choices[0].sku}
              title={question.title}
              donation={question.donation}
              currency={currency}
              locale={locale}
              texts={texts}
            />
          </fieldset>
        ) : (
          <form method="post" action={`${path}/items`}>
            <input type="hidden" name="quantity" value="1" />
            <fieldset class="choices">
              <legend>{question.title}</legend>
              {question.choices.map(({ sku, label, price, soldOut, closed }) => (
                <button type="submit" name="sku" value={sku} disabled={soldOut || closed}>
                  {label} ·{' '}
                  {soldOut ? t.soldOut : closed ? t.unavailable.paused : formatMoney(price, currency, locale)}
                </button>
              ))}
            </fieldset>
          </form>
        ),
      )}
    </section>
  );
}

/** What was taken out lately. */
export function TakenOut({
  lines,
  path,
  texts,
}: {
  lines: Array<{ sku: string; title: string; quantity: number }>;
  path: string;
  texts: Texts;
}) {
  const t = texts.ways.takenOut;
  return (
    <section aria-labelledby="taken-out">
      <h2 id="taken-out">{t.title}</h2>
      <ul class="lines">
        {lines.map(({ sku, title, quantity }) => (
          <li>
            <span>{t.line(quantity, title)}</span>
            <div class="controls">
              <form method="post" action={`${path}/items`}>
                <input type="hidden" name="undo" value="1" />
                <input type="hidden" name="sku" value={sku} />
                <input type="hidden" name="quantity" value={String(quantity)} />
                <button type="submit" aria-label={t.backOf(quantity, title)}>
                  {t.back(quantity)}
                </button>
              </form>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What is otherwise than the mail said by whose link the page was opened. */
export function SinceMail({
  differences,
  sent,
  money,
  texts,
}: {
  differences: Difference[];
  /** When the mail was sent. */
  sent: string;
  money: (amount: number) => string;
  texts: Texts;
}) {
  return (
    <section class="note" aria-labelledby="since">
      <h2 id="since">{texts.ways.since.title(sent)}</h2>
      <ul>
        {differences.map((difference) => (
          <li>{differenceText(difference, money, texts)}</li>
        ))}
      </ul>
    </section>
  );
}

function differenceText(difference: Difference, money: (amount: number) => string, texts: Texts): string {
  const t = texts.ways.since;
  const { title } = difference;
  switch (difference.kind) {
    case 'gone':
      return t.gone(title);
    case 'new':
      return t.added(difference.quantity, title);
    case 'quantity':
      return (difference.by === 'reply' ? t.byReply : t.byPage)(title, difference.was, difference.now);
    case 'given':
      return texts.donation.outcome.added(money(difference.now), title);
    case 'amount':
      return texts.donation.changed(title, money(difference.was), money(difference.now));
    case 'obstacle':
      return t.obstacle(title, obstacleText(difference.obstacle, difference.line, texts));
  }
}
