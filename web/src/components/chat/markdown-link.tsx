/** A link in a message: where it leads is always to be seen, and whoever follows it tells nobody where it was. */
import { Anchor, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { linkTargetOf } from '../../../../contracts/links/link-target.ts';
import { chatText } from '../../i18n/chat.ts';
import { useT } from '../../i18n/language.ts';
import classes from './markdown.module.css';

export interface MarkdownLinkProps {
  /** As `safeAddress` lets it through; '': it leads nowhere, and its words stay. */
  href: string | undefined;
  /** What is read of the children. */
  words: string;
  /** The children hold something that is clicked itself. */
  apart?: boolean;
  children: ReactNode;
}

export function MarkdownLink({ href, words, apart = false, children }: MarkdownLinkProps) {
  const t = useT();
  if (!href) return <span>{children}</span>;
  const { place, kind } = linkTargetOf(href, words);
  if (kind === 'disguised')
    return (
      <span data-testid="disguised-link">
        {children}{' '}
        <OutwardLink href={href} warns>
          <IconAlertTriangle size={14} aria-hidden className={classes.icon} />
          {t(chatText.leadsTo, { place })}
        </OutwardLink>
      </span>
    );
  if (apart)
    return (
      <span>
        {children} <OutwardLink href={href}>{place}</OutwardLink>
      </span>
    );
  return (
    <span>
      <OutwardLink href={href}>{children}</OutwardLink>
      {kind === 'named' && (
        <Text span size="xs" c="dimmed" className={classes.place}>
          {' '}
          ({place})
        </Text>
      )}
    </span>
  );
}

/** @param warns it is not what its words say */
export function OutwardLink({
  href,
  warns = false,
  children,
}: {
  href: string;
  warns?: boolean;
  children: ReactNode;
}) {
  return (
    <Anchor
      href={href}
      target="_blank"
      rel="noopener noreferrer nofollow"
      referrerPolicy="no-referrer"
      inherit
      {...(warns && { c: 'orange' })}
    >
      {children}
    </Anchor>
  );
}
