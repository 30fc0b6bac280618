/** The look of the hosted pages: one column on phones, two beside each other elsewhere, light or dark. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ground: #ffffff; --side: #f3f4f8; --ink: #1a1d29; --soft: #565d72; --line: #d5d9e4; --edge: #7a8196;
  --accent: #3b47c4; --accent-ink: #ffffff; --bad: #b3172a; --bad-ground: #fdf0f1; --note: #fff6dc; --note-ink: #5d4500;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #161922; --side: #1e222d; --ink: #eceef5; --soft: #a9b0c3; --line: #343a4a; --edge: #858da3;
    --accent: #a5aeff; --accent-ink: #12141d; --bad: #ff9ba6; --bad-ground: #35191e; --note: #3a3115; --note-ink: #f4dc9a;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--ground); color: var(--ink);
  font: 16px/1.5 -apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif;
}
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.ribbon { margin: 0; padding: 8px 16px; background: var(--note); color: var(--note-ink); font-size: 14px; text-align: center; }
.checkout { display: grid; grid-template-rows: auto 1fr; min-height: calc(100vh - 37px); }
.side { background: var(--side); padding: 24px 20px; }
.main { padding: 24px 20px 48px; }
.side > div, .main > form { max-width: 440px; margin-inline: auto; }
.back { display: inline-block; color: var(--soft); text-decoration: none; margin-bottom: 16px; }
.back:hover { text-decoration: underline; }
h1 { margin: 0; font-size: 17px; font-weight: 500; color: var(--soft); overflow-wrap: anywhere; }
.amount { margin: 4px 0 24px; font-size: 38px; line-height: 1.15; font-weight: 650; letter-spacing: -0.02em; }
ul.lines { list-style: none; margin: 0; padding: 0; }
ul.lines li { display: flex; gap: 16px; justify-content: space-between; padding: 10px 0; }
ul.lines span:first-child { min-width: 0; overflow-wrap: anywhere; font-weight: 500; }
ul.lines small { display: block; color: var(--soft); font-size: 14px; font-weight: 400; }
.sum { white-space: nowrap; font-variant-numeric: tabular-nums; }
dl { margin: 12px 0 0; padding-top: 12px; border-top: 1px solid var(--line); }
dl div { display: flex; gap: 16px; justify-content: space-between; padding: 5px 0; }
dt { color: var(--soft); } dd { margin: 0; }
dl .total { margin-top: 8px; padding-top: 12px; border-top: 1px solid var(--line); font-weight: 650; }
dl .total dt { color: inherit; }
fieldset { border: 0; margin: 0 0 24px; padding: 0; min-width: 0; }
legend, h2 { padding: 0; margin: 0 0 10px; font-size: 18px; font-weight: 650; }
.field { margin-bottom: 12px; }
label { display: block; margin-bottom: 4px; font-size: 14px; font-weight: 500; }
input:not([type=radio]), select {
  width: 100%; min-height: 46px; padding: 9px 12px; font: inherit; color: inherit;
  background: var(--ground); border: 1px solid var(--edge); border-radius: 7px;
}
select { padding-left: 8px; }
input[readonly] { background: var(--side); color: var(--soft); }
[aria-invalid=true] { border-color: var(--bad) !important; box-shadow: 0 0 0 1px var(--bad); }
.choice { display: flex; gap: 10px; align-items: center; padding: 11px 12px; margin-bottom: 8px; border: 1px solid var(--edge); border-radius: 7px; }
.choice input { accent-color: var(--accent); width: 18px; height: 18px; margin: 0; }
.choice span:first-of-type { flex: 1; }
.pair { display: grid; gap: 0 12px; grid-template-columns: 2fr 3fr; }
.hint { margin: 4px 0 0; color: var(--soft); font-size: 14px; }
.fault { margin: 4px 0 0; color: var(--bad); font-size: 14px; font-weight: 500; }
.problems { padding: 16px 20px; background: var(--bad-ground); border-bottom: 1px solid var(--bad); }
.problems:focus { outline: none; }
.problems > div { max-width: 440px; margin-inline: auto; }
.problems h2 { color: var(--bad); margin: 0 0 4px; }
.problems p { margin: 0; } .problems ul { margin: 4px 0 0; padding-left: 20px; } .problems a { color: var(--bad); }
button {
  width: 100%; min-height: 50px; padding: 11px 16px; font: inherit; font-weight: 650; cursor: pointer;
  color: var(--accent-ink); background: var(--accent); border: 1px solid var(--accent); border-radius: 7px;
}
button:hover { filter: brightness(1.08); }
button.other { margin-top: 10px; color: var(--accent); background: transparent; }
.small { margin-top: 20px; color: var(--soft); font-size: 14px; }
.card { max-width: 480px; margin: 0 auto; padding: 48px 20px; }
.card h1 { font-size: 26px; line-height: 1.25; font-weight: 650; color: inherit; margin-bottom: 12px; }
@media (min-width: 860px) {
  .checkout { grid-template: 1fr / 1fr 1fr; }
  .side, .main { padding: 56px; }
  .side > div { margin-inline: auto 0; } .main > form { margin-inline: 0 auto; }
}
`;
