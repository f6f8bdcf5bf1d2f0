/**
 * Pictures that messages name by an address. Browsers never fetch one from its host: an address can carry away what the model read, and
 * whoever looks would tell that host where they are. Our server fetches it, once the workspace allows the host or a person asked for
 * this one picture.
 */
import { z } from 'zod';
import { isHostList } from '../credentials/allowed-hosts.ts';

/** Left out of a list: whoever writes so many does not mean pictures. */
const mostAtOnce = 50;

/** An address that a browser would call, without a name or a password in it. */
export const pictureAddress = z
  .url({ protocol: /^https?$/ })
  .max(2_000)
  .refine((address) => {
    const url = URL.parse(address);
    return !url || (url.username === '' && url.password === '');
  }, 'Take the name and password out of the address.');

export const openPictures = z.object({
  urls: z.array(pictureAddress).min(1).max(mostAtOnce),
  /** A person asked for these, whatever their host. */
  load: z.boolean().default(false),
});

export const openSharedPictures = z.object({
  /** The last part of the link's address. */
  token: z.string().min(1).max(200),
  urls: z.array(pictureAddress).min(1).max(mostAtOnce),
});

export const openedPicture = z.object({
  url: z.string(),
  /** Path on this server that shows it, for a day or two. Left out: its host is not allowed. */
  src: z.string().optional(),
});
export type OpenedPicture = z.output<typeof openedPicture>;
/** In the order in which they were asked for. */
export const openedPictures = z.object({ items: z.array(openedPicture) });

export const pictureHosts = z.object({
  hosts: z
    .string()
    .trim()
    .max(4_000)
    .refine(isHostList, 'Write host names, with commas between them.')
    .describe('`images.example.com, *.example.org`; empty: none, each picture is asked for'),
});
