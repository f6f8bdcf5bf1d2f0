import { Html } from './html.ts';

/**
 * The look of the pages without an account: the app's colours (web/src/theme.ts), nothing to load. Words have a contrast of 4.5 or more
 * to what lies behind them: in the dark, words in the accent take a lighter shade than what lies behind white words (`--fill`).
 */
export const pageStyle = new Html(`
:root { --accent: #5b4fd6; --fill: #5b4fd6; --ink: #1a1d29; --dim: #676b80; --paper: #fff; --ground: #f4f4f8; --line: #d9dbe5; --bad: #c92a2a; --good: #27803b; }
@media (prefers-color-scheme: dark) {
  :root { --accent: #9c94ec; --fill: #6b5fe1; --ink: #e6e7ee; --dim: #8f93a6; --paper: #1a1d29; --ground: #0e1017; --line: #3d4154; --bad: #ff8787; --good: #69db7c; }
}
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: flex; flex-direction: column; align-items: center; padding: 24px 16px;
  background: var(--ground); color: var(--ink); line-height: 1.5;
  font: 16px/1.5 Inter, ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif; }
main { width: 100%; max-width: 600px; margin: auto 0; background: var(--paper); border: 1px solid var(--line); border-radius: 14px; padding: 32px; overflow-wrap: anywhere; }
@media (max-width: 480px) { body { padding: 0; background: var(--paper); } main { border: 0; padding: 24px 20px; margin: 0; } }
footer { padding: 16px; color: var(--dim); font-size: 13px; }
h1 { font-size: 24px; line-height: 1.25; margin: 0 0 12px; letter-spacing: -0.01em; }
a { color: var(--accent); }
pre, code { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 14px; }
pre { background: var(--ground); border-radius: 8px; padding: 12px; overflow-x: auto; white-space: pre-wrap; }
dl { display: grid; grid-template-columns: minmax(90px, max-content) 1fr; gap: 6px 16px; margin: 0; font-size: 15px; }
dt { color: var(--dim); } dd { margin: 0; white-space: pre-wrap; }
.dim { color: var(--dim); font-size: 14px; }
.card { border: 1px solid var(--line); border-radius: 10px; padding: 14px 16px; margin: 12px 0; }
.field { margin: 18px 0; }
label { display: block; font-weight: 600; font-size: 15px; margin-bottom: 6px; }
.tick { display: flex; gap: 10px; align-items: center; font-weight: 500; margin: 0; }
.needed { color: var(--bad); }
input, textarea, select { width: 100%; font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--line); border-radius: 8px; padding: 10px 12px; }
input[type=checkbox] { width: 20px; height: 20px; accent-color: var(--accent); flex: none; }
input:focus-visible, textarea:focus-visible, select:focus-visible, button:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
[aria-invalid=true] { border-color: var(--bad); }
.problem { color: var(--bad); font-size: 14px; margin: 6px 0 0; }
.actions { display: flex; flex-wrap: wrap; gap: 12px; margin-top: 24px; }
button { font: inherit; font-weight: 600; border-radius: 8px; padding: 11px 20px; border: 1px solid var(--fill); background: var(--fill); color: #fff; cursor: pointer; flex: 1 1 140px; }
button.plain { background: transparent; color: var(--bad); border-color: var(--bad); }
.trap { position: absolute; left: -10000px; width: 1px; height: 1px; overflow: hidden; }
.good { color: var(--good); } .bad { color: var(--bad); }
`);
