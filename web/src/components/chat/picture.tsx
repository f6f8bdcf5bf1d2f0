/**
 * A picture that a message names. The browser never fetches it from its host: an address can carry away what a model has read. Our
 * server shows it, at once where the workspace allows the host, else when somebody asks for it here.
 */
import { Button, Group, Paper, Text } from '@mantine/core';
import { IconPhoto, IconPhotoOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { OpenedPicture } from '../../../../contracts/api/pictures.ts';
import { chatText } from '../../i18n/chat.ts';
import { useT } from '../../i18n/language.ts';
import classes from './markdown.module.css';
import { OutwardLink } from './markdown-link.tsx';
import { usePictureAccess } from './picture-access.ts';

/** @param src as `safeAddress` lets it through */
export function Picture({ src, alt }: { src: string | undefined; alt: string | undefined }) {
  const t = useT();
  const name = alt || t(chatText.noAlt);
  if (!src || !/^https?:/.test(src))
    return (
      <Text span c="dimmed">
        <IconPhotoOff size={15} aria-hidden className={classes.icon} />
        {t(chatText.image, { name })}
      </Text>
    );
  return <HostedPicture src={src} name={name} />;
}

function HostedPicture({ src, name }: { src: string; name: string }) {
  const t = useT();
  const { key, open, load } = usePictureAccess();
  const [isBroken, setIsBroken] = useState(false);
  // What a person has asked for stays, also while it is scrolled out of the page.
  const asked = useQuery({
    queryKey: ['pictures', key, src, 'asked'],
    queryFn: async (): Promise<OpenedPicture> => load?.(src) ?? { url: src },
    enabled: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const allowed = useQuery({
    queryKey: ['pictures', key, src],
    queryFn: () => open(src),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const path = asked.data?.src ?? allowed.data?.src;
  if (path && !isBroken)
    return (
      <img
        className={classes.shown}
        src={path}
        alt={name}
        loading="lazy"
        decoding="async"
        data-testid="picture"
        onError={() => setIsBroken(true)}
      />
    );
  const { host } = new URL(src);
  return (
    <Paper component="span" withBorder className={classes.unseen} data-testid="picture-unseen">
      <Group component="span" gap="xs" wrap="nowrap" align="flex-start">
        {isBroken ? <IconPhotoOff size={18} aria-hidden /> : <IconPhoto size={18} aria-hidden />}
        <span>
          <Text span size="sm" fw={600} display="block">
            {name}
          </Text>
          <Text span size="xs" c="dimmed" display="block">
            {t(isBroken ? chatText.pictureBroken : chatText.pictureUnseen, { host })}
          </Text>
          <Group component="span" gap="sm" mt={6}>
            {load && !isBroken && (
              <Button
                size="compact-xs"
                variant="default"
                loading={asked.isFetching}
                onClick={() => void asked.refetch()}
                data-testid="load-picture"
              >
                {t(chatText.loadPicture)}
              </Button>
            )}
            <Text span size="xs">
              <OutwardLink href={src}>{t(chatText.openAt, { host })}</OutwardLink>
            </Text>
          </Group>
        </span>
      </Group>
    </Paper>
  );
}
