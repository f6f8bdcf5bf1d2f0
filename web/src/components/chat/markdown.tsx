/**
 * Markdown that a model or a person wrote, with tables, code and math. Nothing of it is trusted: HTML in it is shown as text, links
 * lead to the web or to mail only and tell nobody where they were clicked, and a picture is a link to it: to load one by itself would
 * tell its host whatever the address holds.
 */
import 'katex/dist/katex.min.css';
import { Anchor, Table, Typography } from '@mantine/core';
import { IconPhoto } from '@tabler/icons-react';
import { memo, type ReactNode } from 'react';
import ReactMarkdown, { type Components, type Options } from 'react-markdown';
import rehypeHighlight from 'rehype-highlight';
import rehypeKatex from 'rehype-katex';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import { chatText } from '../../i18n/chat.ts';
import { useT } from '../../i18n/language.ts';
import { CodeBlock } from './code-block.tsx';
import classes from './markdown.module.css';
import { safeAddress } from './safe-address.ts';

const plugins = {
  remarkPlugins: [remarkGfm, [remarkMath, { singleDollarTextMath: false }]],
  rehypePlugins: [
    // Bounded: a formula can name sizes and macros that grow without end.
    [rehypeKatex, { trust: false, strict: 'ignore', maxSize: 20, maxExpand: 200 }],
    // Left as it is: a language that it does not know.
    [rehypeHighlight, { detect: false }],
  ],
} satisfies Pick<Options, 'remarkPlugins' | 'rehypePlugins'>;

const components: Components = {
  a: ({ href, children }) => <Link href={href}>{children}</Link>,
  img: ({ src, alt }) => <Picture src={typeof src === 'string' ? src : undefined} alt={alt} />,
  pre: ({ children }) => <CodeBlock>{children}</CodeBlock>,
  table: ({ children }) => (
    <Table.ScrollContainer minWidth={0} my="sm">
      <Table withTableBorder withColumnBorders w="auto">
        {children}
      </Table>
    </Table.ScrollContainer>
  ),
};

export const Markdown = memo(function Markdown({ text }: { text: string }) {
  return (
    <Typography className={classes.markdown}>
      <ReactMarkdown {...plugins} components={components} urlTransform={(address) => safeAddress(address)}>
        {withMath(text)}
      </ReactMarkdown>
    </Typography>
  );
});

function Link({ href, children }: { href: string | undefined; children: ReactNode }) {
  if (!href) return <span>{children}</span>;
  return (
    <Anchor href={href} target="_blank" rel="noopener noreferrer nofollow" inherit>
      {children}
    </Anchor>
  );
}

function Picture({ src, alt }: { src: string | undefined; alt: string | undefined }) {
  const t = useT();
  const name = alt || t(chatText.noAlt);
  return (
    <Link href={src}>
      <IconPhoto size={15} aria-hidden className={classes.picture} />
      {t(chatText.image, { name })}
    </Link>
  );
}

/** Models also write math as `\( … \)` and `\[ … \]`. A lone `$` stays what it mostly is: money. */
function withMath(text: string): string {
  if (!text.includes('\\(') && !text.includes('\\[')) return text;
  return text
    .split(/(```[\s\S]*?(?:```|$)|`[^`\n]*`)/)
    .map((piece, position) =>
      position % 2 === 1
        ? piece
        : piece
            .replace(/\\\[([\s\S]+?)\\\]/g, (_, formula: string) => `\n$$\n${formula.trim()}\n$$\n`)
            .replace(/\\\((.+?)\\\)/g, (_, formula: string) => `$$${formula}$$`),
    )
    .join('');
}
