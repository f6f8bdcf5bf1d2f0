/** The environment variables Hiviex reads, each with its default. `readConfig` throws one error that names every bad one. */
import { z } from 'zod';

const flag = z.enum(['true', 'false', '1', '0', '']).transform((value) => value === 'true' || value === '1');
const port = z.coerce.number().int().min(0).max(65_535);

const environment = z.object({
  /** HTTP port of API and web app. Taken: another free one, unless set. */
  PORT: port.optional(),
  HOST: z.string().default('127.0.0.1'),
  /** Address people reach the app at; decides cookies, links and allowed origins. Default: http://localhost:<PORT>. */
  PUBLIC_URL: z.url().optional(),
  /** Where the embedded database, Temporal and files live. */
  HIVIEX_DATA_DIR: z.string().default('.hiviex'),
  /** Postgres 15+ with pgvector. Unset: the embedded PGlite. */
  DATABASE_URL: z.string().optional(),
  DATABASE_POOL: z.coerce.number().int().min(1).max(200).default(10),
  /** host:port of Temporal. Unset: a dev server is started as a child. */
  TEMPORAL_ADDRESS: z.string().optional(),
  TEMPORAL_NAMESPACE: z.string().default('default'),
  TEMPORAL_API_KEY: z.string().optional(),
  TEMPORAL_TLS: flag.default(false),
  /** Address of the Temporal UI, for links. */
  TEMPORAL_UI_URL: z.string().optional(),
  HIVIEX_OWNER_EMAIL: z.email().optional(),
  HIVIEX_OWNER_PASSWORD: z.string().min(10, 'needs 10 characters or more').optional(),
  HIVIEX_API_KEY: z.string().min(32, 'needs 32 characters or more').optional(),
  /** Largest webhook or API body, in bytes. */
  HIVIEX_MAX_BODY_BYTES: z.coerce.number().int().min(1_024).max(1_500_000).default(1_000_000),
  /**
   * What the URLs of users may reach besides the public internet: host, host:port, IP or CIDR range (`10.1.0.0/16`,
   * `[fd00::/8]:443`), comma-separated. Default: nothing private.
   */
  HIVIEX_ALLOW_PRIVATE_HOSTS: z.string().default(''),
  /** smtp:// or smtps:// with name and password. Unset: mails are kept under HIVIEX_DATA_DIR/mail. */
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\/[^/?#]/i, 'has to begin with smtp:// or smtps:// and name a host')
    .optional(),
  /** Sender of every mail. */
  MAIL_FROM: z.string().default('Hiviex <no-reply@localhost>'),
  /** Queues this worker serves, comma-separated. */
  HIVIEX_QUEUES: z.string().default('automations,http,code,maintenance'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
});

export type Config = z.output<typeof environment>;

/** @throws Error naming every variable that is wrong and why. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const known = Object.fromEntries(
    Object.keys(environment.shape).flatMap((name) => (env[name] ? [[name, env[name]]] : [])),
  );
  const parsed = environment.safeParse(known);
  if (parsed.success) return parsed.data;
  const reasons = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`These environment variables are wrong:\n${reasons.join('\n')}`);
}
