/**
 * Why a part that we stand on can't be used, in words that may be shown to anybody: no address, no name, no text of the driver. And
 * whether waiting can help: a server that is down comes back, a wrong password stays wrong.
 */

export interface PlainCause {
  /** Follows the name of the part: `Temporal` + `refuses connections`. */
  text: string;
  /** Trying again may help. */
  passes: boolean;
}

interface Kind extends PlainCause {
  /** Codes of Node (`ECONNREFUSED`), of Postgres (SQLSTATE), or of gRPC as numbers. */
  codes: readonly (string | number)[];
  /** For those that tell their cause in words only: the SDK's connections, and what gRPC says of its last attempt. */
  words?: RegExp;
}

/** The first that fits counts, and words come before codes: gRPC has one code for all that is `UNAVAILABLE`. */
const kinds: readonly Kind[] = [
  {
    text: 'refuses connections',
    passes: true,
    codes: ['ECONNREFUSED'],
    words: /ECONNREFUSED|ConnectionRefused/,
  },
  {
    text: 'has a name that is not known here',
    passes: true,
    codes: ['ENOTFOUND', 'EAI_AGAIN'],
    words: /ENOTFOUND|EAI_AGAIN|dns error|name resolution failed/i,
  },
  { text: 'is starting or stopping', passes: true, codes: ['57P01', '57P02', '57P03'] },
  { text: 'has no connection free', passes: true, codes: ['53300'] },
  { text: 'does not know the namespace', passes: true, codes: [5] },
  { text: 'refuses our credentials', passes: false, codes: ['28P01', '28000', 7, 16] },
  {
    text: 'does not answer in time',
    passes: true,
    codes: ['ETIMEDOUT', 4],
    words: /timeout expired|timed out|deadline|no answer in/i,
  },
  {
    text: 'can not be reached',
    passes: true,
    codes: [
      'ECONNRESET',
      'EPIPE',
      'EHOSTUNREACH',
      'ENETUNREACH',
      '08000',
      '08001',
      '08003',
      '08006',
      1,
      8,
      14,
    ],
    words: /Connection terminated|transport::Error|Failed to connect/,
  },
];

const other: PlainCause = { text: 'can not be used', passes: false };

/** Looks at the error, and then at what caused it. */
export function plainCause(error: unknown): PlainCause {
  for (let at = error; at instanceof Error; at = at.cause) {
    const { message } = at;
    const code = 'code' in at ? (at.code as string | number) : undefined;
    const kind =
      kinds.find(({ words }) => words?.test(message)) ??
      kinds.find(({ codes }) => code !== undefined && codes.includes(code));
    if (kind) return { text: kind.text, passes: kind.passes };
  }
  return other;
}
