/**
 * Markdown that a model or a person wrote, with tables, code and math. Nothing of it is trusted: HTML in it is shown as text, links
 * lead to the web or to mail only and say where to, and no picture is fetched from its host.
 */
import 'katex/dist/katex.min.css';
import { Table, Typography } from '@mantine/core';
import { memo } from 'react';
import ReactMarkdown, { type Components, type ExtraProps, type Options } from 'react-markdown';
import rehypeHighlight from 'rehype-highlight';
import rehypeKatex from 'rehype-katex';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import { safeAddress } from '../../../../contracts/links/safe-address.ts';
import { CodeBlock } from './code-block.tsx';
import classes from './markdown.module.css';
import { MarkdownLink } from './markdown-link.tsx';
import { Picture } from './picture.tsx';

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
  a: ({ href, children, node }) => (
    <MarkdownLink
      href={href}
      words={node ? wordsOf(node) : ''}
      apart={node !== undefined && holdsPicture(node)}
    >
      {children}
    </MarkdownLink>
  ),
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

type MarkdownElement = NonNullable<ExtraProps['node']>;
type MarkdownNode = MarkdownElement['children'][number];

/** What is read of an element. */
function wordsOf(node: MarkdownNode): string {
  if (node.type === 'text') return node.value;
  return node.type === 'element' ? node.children.map(wordsOf).join('') : '';
}

function holdsPicture(node: MarkdownNode): boolean {
  return node.type === 'element' && (node.tagName === 'img' || node.children.some(holdsPicture));
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
