import { type Frame, renderPage } from './page.tsx';

interface Leaving {
  title: string;
  text: string[];
  button: string;
  /** What has to be ticked before it is done. */
  sure?: string;
}

/** Says what leaving means, and asks once more. */
export function leavePage(frame: Frame, action: string, { title, text, button, sure }: Leaving): string {
  return renderPage({
    frame,
    title,
    children: (
      <>
        <h1>{title}</h1>
        <ul>
          {text.map((each) => (
            <li>{each}</li>
          ))}
        </ul>
        <form method="post" action={action}>
          {sure && (
            <label>
              <input type="checkbox" name="sure" value="yes" required />
              {sure}
            </label>
          )}
          <button type="submit">{button}</button>
        </form>
        <p>
          <a href="/me">{frame.texts.account.keep}</a>
        </p>
      </>
    ),
  });
}
