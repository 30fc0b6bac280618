import { Note } from './page.tsx';
import { Time } from './support-parts.tsx';

export interface Books {
  /** The newest comparison with Stripe, if there was one. */
  last: { finished_at: Date; compared: number; late: number; differences: number } | undefined;
  /** What differs, and what was only late. */
  open: Array<{
    about: string;
    what: string;
    payment_id: string | null;
    ours: string | null;
    theirs: string | null;
    cure: string;
    late: boolean;
  }>;
}

/** Whether our books are as Stripe's, and where not. */
export function BooksSection({ last, open }: Books) {
  return (
    <>
      <h2>Books</h2>
      {last ? (
        <p class="small soft">
          Compared with Stripe <Time at={last.finished_at} /> {last.compared} compared, {last.late} late,
          difference {last.differences}.
        </p>
      ) : (
        <p class="small soft">Not compared with Stripe yet: running workers do it once an hour.</p>
      )}
      {last && last.differences > 0 && (
        <Note kind="bad">Our books and Stripe’s differ: somebody has to look.</Note>
      )}
      {open.length > 0 && (
        <ul>
          {open.map(({ about, what, payment_id, ours, theirs, cure, late }) => (
            <li>
              {late ? 'Late: ' : ''}
              {what}{' '}
              {payment_id ? <a href={`/support?q=${encodeURIComponent(payment_id)}`}>{about}</a> : about}:
              here {ours ?? 'unknown'}, at Stripe {theirs ?? 'unknown'}.{' '}
              <span class="soft">Cure: {cure}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
