/**
 * The trigger "Mailbox (IMAP)". What is remembered is the greatest UID that was taken, with the mailbox's UIDVALIDITY: a server that
 * numbers anew (a mailbox restored or moved) says so by another one. Then what came in since the last look counts as new, and
 * a mail that was taken before is known by its Message-ID.
 */
import { Readable } from 'node:stream';
import type { FetchMessageObject, ImapFlow } from 'imapflow';
import type { z } from 'zod';
import { imapTrigger } from '../../contracts/catalogue/imap-trigger.ts';
import type { ImapValues } from '../../contracts/credentials/imap.ts';
import type { GraphNode } from '../../contracts/graph.ts';
import type { Item } from '../../contracts/item.ts';
import type { JsonObject } from '../../contracts/json.ts';
import type { Guard } from '../../outbound/guard/index.ts';
import { openImap } from '../../outbound/imap/open-imap.ts';
import { mailKey, readMailStream } from '../../runs/mail/read-mail-stream.ts';
import { createFiles, StorageError, stepFileIds } from '../../storage/index.ts';
import type { CredentialValues } from '../credentials/credential-values.ts';
import { type FileSettings, noFiles } from '../files/files-of-step.ts';
import { imapFailure, noMailbox } from './imap-failure.ts';
import type { PollContext, PollEntry, PollSource } from './poll-source.ts';

type Parameters = z.output<typeof imapTrigger.parameters>;

export interface ImapDeps {
  guard: Pick<Guard, 'resolve'>;
  credentialValues: CredentialValues;
  files?: FileSettings | undefined;
}

/** Mails of one look: the rest comes with the next. */
const mostMails = 50;
/** Mails whose heads are looked at when the mailbox was numbered anew. */
const mostHeads = 5_000;
/** Bytes of mails after which a look takes no more: it is to end within its time. */
const enoughBytes = 200_000_000;

interface Place {
  /** UIDVALIDITY; a text, for it has no place in a number. */
  validity: string;
  /** The greatest UID that was taken, or was there. */
  uid: number;
  /** When it was looked, ISO 8601. */
  at: string;
}

export function createImapSource({ guard, credentialValues, files }: ImapDeps): PollSource {
  /** Opens the mailbox, and leaves the server whatever happens. */
  const inMailbox = async <T>(
    { mailbox, credential }: Parameters,
    { context, secrets, signal }: Pick<PollContext, 'context' | 'secrets' | 'signal'>,
    work: (client: ImapFlow) => Promise<T>,
  ): Promise<T> => {
    const open = { context, id: credential, nodeType: imapTrigger.type, secrets };
    const values = (await credentialValues(open)) as unknown as ImapValues;
    let client: ImapFlow | undefined;
    const stop = () => client?.close();
    signal.addEventListener('abort', stop, { once: true });
    try {
      client = await openImap(guard, values);
      await client.mailboxOpen(mailbox).catch((error: { responseStatus?: string }) => {
        throw error.responseStatus ? noMailbox(mailbox, values.host) : error;
      });
      return await work(client);
    } catch (error) {
      throw imapFailure(error, values.host);
    } finally {
      signal.removeEventListener('abort', stop);
      client?.close();
    }
  };

  return {
    sourceOf: ({ parameters: { credential, mailbox } }) => JSON.stringify([credential, mailbox ?? 'INBOX']),

    ask: async (node, poll) =>
      await inMailbox(parametersOf(node), poll, async (client) => {
        const now = new Date().toISOString();
        const { uidValidity, uidNext } = openedOf(client);
        const former = poll.cursor as unknown as Place | undefined;
        const here = (uid: number) => ({ validity: uidValidity, uid, at: now }) as unknown as JsonObject;
        // What is there at the first look is not new.
        if (!former) return { entries: [], cursor: here(uidNext - 1) };
        const same = former.validity === uidValidity;
        const { mails, rest } = await newMails(
          client,
          parametersOf(node),
          former,
          same ? undefined : poll.isKnown,
        );
        const entries: PollEntry[] = [];
        for (const mail of mails) {
          const id = idOf(mail);
          const item = poll.isKnown(id) ? { json: {} } : await readMail(client, mail, poll, files);
          item.json.imap = { mailbox: parametersOf(node).mailbox, uid: mail.uid, uidValidity };
          // Numbered anew, UIDs say nothing of age: the place moves when all of it is taken.
          entries.push({ id, item, ...(same && { cursor: here(mail.uid) }) });
        }
        return { entries, ...(!rest && { cursor: here(Math.max(uidNext - 1, same ? former.uid : 0)) }) };
      }),

    async accepted(node, poll, items) {
      const { afterwards, moveTo } = parametersOf(node);
      if (afterwards === 'nothing') return;
      await inMailbox(parametersOf(node), poll, async (client) => {
        const { uidValidity } = openedOf(client);
        const uids = items
          .map(({ json }) => json.imap as unknown as { uid: number; uidValidity: string })
          .filter((imap) => imap.uidValidity === uidValidity)
          .map(({ uid }) => uid);
        if (uids.length === 0) return;
        // One that is gone was moved already, or by somebody else.
        const there = await client.search({ uid: uids.join(',') }, { uid: true });
        if (!there || there.length === 0) return;
        const list = there.join(',');
        if (afterwards === 'seen') await client.messageFlagsAdd(list, ['\\Seen'], { uid: true });
        else if ((await client.messageMove(list, moveTo, { uid: true })) === false)
          throw noMailbox(moveTo, client.servername || '');
      });
    },
  };
}

/** One attachment that is larger than files may be must not hold up the mailbox. */
function unlessTooLarge(error: unknown): undefined {
  if (!(error instanceof StorageError) || error.code !== 'too-large') throw error;
}

function parametersOf({ parameters }: GraphNode): Parameters {
  return parameters as unknown as Parameters;
}

function openedOf(client: ImapFlow): { uidValidity: string; uidNext: number } {
  if (!client.mailbox) throw new Error('The server opened no mailbox.');
  return { uidValidity: String(client.mailbox.uidValidity), uidNext: client.mailbox.uidNext };
}

/**
 * By UID, which is the order in which they came.
 * @param isKnown set when the mailbox was numbered anew since `former`
 * @returns `rest`: there are more than one look takes
 */
async function newMails(
  client: ImapFlow,
  { take }: Parameters,
  former: Place,
  isKnown: ((id: string) => boolean) | undefined,
): Promise<{ mails: FetchMessageObject[]; rest: boolean }> {
  const same = isKnown === undefined;
  const found = await client.search(
    {
      ...(same ? { uid: `${former.uid + 1}:*` } : { since: former.at }),
      ...(take === 'unread' && { seen: false }),
    },
    { uid: true },
  );
  // `n:*` names the last mail even when its UID is below n.
  const uids = (found || []).filter((uid) => !same || uid > former.uid).sort((one, other) => one - other);
  if (uids.length === 0) return { mails: [], rest: false };
  const query = { uid: true, size: true, envelope: true, internalDate: true };
  const all = await client.fetchAll(uids.slice(0, same ? mostMails * 2 : mostHeads).join(','), query, {
    uid: true,
  });
  // `since` knows days only.
  const fresh = all
    .filter((mail) => same || (isSince(mail, former.at) && !isKnown(idOf(mail))))
    .sort((one, other) => one.uid - other.uid);
  let bytes = 0;
  const end = fresh.findIndex(({ size = 0 }, position) => {
    bytes += size;
    return position > 0 && (position >= mostMails || bytes > enoughBytes);
  });
  const mails = end < 0 ? fresh : fresh.slice(0, end);
  return { mails, rest: end >= 0 || all.length < uids.length };
}

/** Servers know seconds. */
function isSince({ internalDate }: FetchMessageObject, at: string): boolean {
  return !internalDate || new Date(internalDate) >= new Date(new Date(at).setMilliseconds(0));
}

async function wholeOf(client: ImapFlow, uid: number): Promise<Readable> {
  const { content } = await client.download(String(uid), undefined, { uid: true });
  if (!content) throw new Error('The server has the mail no more.');
  return content;
}

async function headOf(client: ImapFlow, uid: number): Promise<Readable> {
  const head = await client.fetchOne(String(uid), { headers: true }, { uid: true });
  return Readable.from([head ? (head.headers ?? '') : '']);
}

function idOf({ uid, envelope, internalDate, size }: FetchMessageObject): string {
  return mailKey(envelope?.messageId, [envelope?.subject, String(internalDate), size, uid]);
}

/** The whole of it, its attachments to where files are kept; of one that is larger than any file may be, its head only. */
async function readMail(
  client: ImapFlow,
  { uid, size = 0 }: FetchMessageObject,
  { context, run }: PollContext,
  settings: FileSettings | undefined,
): Promise<Item> {
  const files = settings
    ? createFiles({
        ...settings,
        workspace: context.workspace,
        run,
        idOf: stepFileIds(`${run}:${context.node}:${uid}`),
      })
    : noFiles;
  const isTooLarge = size > files.maxBytes * 2;
  const source = isTooLarge ? await headOf(client, uid) : await wholeOf(client, uid);
  const { json, binary } = await readMailStream(source, async (content, named) =>
    files.save(content, named).catch(unlessTooLarge),
  );
  return {
    json: { ...json, ...(isTooLarge && { tooLarge: size }) },
    ...(Object.keys(binary).length > 0 && { binary }),
  };
}
