/** The look of X's consent page: black on white or white on black, as the person's device is set. */
export const STYLE = `
:root { color-scheme: light dark; --ground: #fff; --ink: #0f1419; --soft: #536471; --line: #cfd9de; --note: #eff3f4; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #000; --ink: #e7e9ea; --soft: #8b98a5; --line: #3e4347; --note: #16181c; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
main { max-width: 30rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
.note { background: var(--note); color: var(--ink); font-size: .875rem; text-align: center; margin: 0; padding: .5rem 1rem; }
svg { display: block; width: 2rem; fill: currentColor; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 1rem 0; overflow-wrap: anywhere; }
h2, legend { font-size: 1rem; font-weight: 700; margin: 1.5rem 0 .5rem; padding: 0; }
legend { margin-top: 0; }
ul { margin: 0; padding-left: 1.25rem; }
li { margin: .25rem 0; }
.soft { color: var(--soft); }
fieldset { border: 0; margin: 1.5rem 0 0; padding: 0; min-width: 0; }
.accounts { max-height: 19rem; overflow-y: auto; border: 1px solid var(--line); border-radius: 1rem; }
label { display: flex; align-items: center; gap: .75rem; min-height: 3.25rem; padding: .5rem 1rem; cursor: pointer; }
label + label { border-top: 1px solid var(--line); }
label span { overflow-wrap: anywhere; min-width: 0; }
input { width: 1.25rem; height: 1.25rem; margin: 0; flex: none; accent-color: #1d9bf0; }
button { display: block; width: 100%; min-height: 3.25rem; margin-top: .75rem; border: 1px solid var(--soft); border-radius: 2rem; background: none; color: inherit; font: inherit; font-weight: 700; cursor: pointer; }
button.main { margin-top: 1.5rem; background: var(--ink); border-color: var(--ink); color: var(--ground); }
button:disabled { opacity: .5; cursor: default; }
:focus-visible { outline: 3px solid #1d9bf0; outline-offset: 2px; }
`;
