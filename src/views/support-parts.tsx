/** What the pages for staff have in common. */

export const supportNav = (
  <nav aria-label="Support">
    <ul>
      <li>
        <a href="/support">Search</a>
      </li>
      <li>
        <a href="/support/vouchers">Codes</a>
      </li>
      <li>
        <form method="post" action="/support/sign-out">
          <button class="link" type="submit">
            Sign out
          </button>
        </form>
      </li>
    </ul>
  </nav>
);

export function Time({ at }: { at: Date }) {
  const text = at.toISOString();
  return <time datetime={text}>{text.slice(0, 19).replace('T', ' ')} UTC</time>;
}
