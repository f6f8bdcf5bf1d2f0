/** The text of HTML as a person reads it: without scripts and styles, blocks on lines of their own. */
import { load } from 'cheerio';

const blocks =
  'address,article,aside,blockquote,div,dd,dl,dt,fieldset,figure,figcaption,footer,form,h1,h2,h3,h4,h5,h6,header,hr,li,main,nav,ol,p,pre,section,table,tr,ul';

export function textOf(html: string): string {
  const $ = load(html);
  $('script, style, noscript, template, head').remove();
  $('br').replaceWith('\n');
  $('td, th').append('\t');
  $(blocks).prepend('\n').append('\n');
  return $.root()
    .text()
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ *\n[\n ]*/g, '\n')
    .trim();
}
