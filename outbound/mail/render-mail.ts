/**
 * The one look of every mail: a title, some lines, one button. As text and as HTML that mail programs of twenty years understand
 * (a table, styles on the elements, no image, nothing loaded from outside), with the same words in both.
 */
import { type Language, text } from '../../contracts/text.ts';
import { oneLine } from './one-line.ts';

export interface MailContent {
  language: Language;
  title: string;
  /** Paragraphs, each one line. */
  lines: readonly string[];
  /** @param url Absolute, http: or https:. */
  action?: { label: string; url: string } | undefined;
}

const fallback = text(
  'If the button does not work, open this address:',
  'Se o botão não funcionar, abra este endereço:',
);
const locales: Record<Language, string> = { en: 'en', pt: 'pt-BR' };
const font = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

/** @throws Error for an action that leads anywhere but to http: or https:. */
export function renderMail(content: MailContent): { text: string; html: string } {
  const { action } = content;
  if (action && !/^https?:$/.test(URL.parse(action.url)?.protocol ?? ''))
    throw new Error('The button of a mail needs an absolute http: or https: address.');
  const clean: MailContent = {
    language: content.language,
    title: oneLine(content.title),
    lines: content.lines.map(oneLine),
    action: action && { label: oneLine(action.label), url: new URL(action.url).href },
  };
  return { text: asText(clean), html: asHtml(clean) };
}

function asText({ title, lines, action }: MailContent): string {
  const parts = [title, ...lines, ...(action ? [`${action.label}: ${action.url}`] : []), '--\nHiviex'];
  return `${parts.join('\n\n')}\n`;
}

function asHtml({ language, title, lines, action }: MailContent): string {
  const paragraphs = lines.map((line) => `<p style="margin:0 0 16px">${escaped(line)}</p>`).join('\n');
  return `<!doctype html>
<html lang="${locales[language]}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light">
<title>${escaped(title)}</title>
</head>
<body style="margin:0;padding:0;background:#f4f5f7">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#f4f5f7">
<tr><td align="center" style="padding:32px 16px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:520px;background:#ffffff;border:1px solid #e3e5e8;border-radius:8px">
<tr><td style="padding:32px;${font};font-size:16px;line-height:1.5;color:#1f2328">
<h1 style="margin:0 0 16px;font-size:20px;line-height:1.3">${escaped(title)}</h1>
${paragraphs}${action ? button(language, action) : ''}
</td></tr>
</table>
<p style="margin:16px 0 0;${font};font-size:13px;color:#656d76">Hiviex</p>
</td></tr>
</table>
</body>
</html>
`;
}

function button(language: Language, { label, url }: { label: string; url: string }): string {
  const href = escaped(url);
  return `
<p style="margin:24px 0"><a href="${href}" style="display:inline-block;padding:12px 20px;border-radius:6px;background:#1f2328;color:#ffffff;font-weight:600;text-decoration:none">${escaped(label)}</a></p>
<p style="margin:0;font-size:13px;color:#656d76">${escaped(fallback[language])}<br><a href="${href}" style="color:#656d76;word-break:break-all">${href}</a></p>`;
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(value: string): string {
  return value.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
