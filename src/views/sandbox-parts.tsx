/** What the sandbox's pages have in common. */

export const sandboxNav = (
  <nav aria-label="Sandbox">
    <ul>
      <li>
        <a href="/sandbox">Timeline</a>
      </li>
      <li>
        <a href="/sandbox/mail">Mail</a>
      </li>
      <li>
        <a href="/support">Support</a>
      </li>
    </ul>
  </nav>
);
