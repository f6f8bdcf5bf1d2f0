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
  /** Reverse proxies in front of the API: that many entries at the end of X-Forwarded-For are believed. */
  HIVIEX_TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0),
  /** Anybody may make an account; otherwise it takes an invitation. */
  HIVIEX_SIGN_UP: flag.default(false),
  /** Encrypts the keys of every workspace's secrets: 32 bytes, base64. Unset: one is made under the data folder. */
  HIVIEX_MASTER_KEY: z.string().optional(),
  /** The former one, while secrets move to the new one (see docs/security.md). */
  HIVIEX_MASTER_KEY_PREVIOUS: z.string().optional(),
  /** Signs what Auth.js keeps in cookies: 32 characters or more. Unset: one is made and kept in the database. */
  HIVIEX_AUTH_SECRET: z.string().min(32, 'needs 32 characters or more').optional(),
  /** Sign-in providers: both of a pair turn one on. */
  AUTH_GOOGLE_ID: z.string().optional(),
  AUTH_GOOGLE_SECRET: z.string().optional(),
  AUTH_GITHUB_ID: z.string().optional(),
  AUTH_GITHUB_SECRET: z.string().optional(),
  AUTH_MICROSOFT_ID: z.string().optional(),
  AUTH_MICROSOFT_SECRET: z.string().optional(),
  /** Of Microsoft's: a tenant's issuer; default: any account. */
  AUTH_MICROSOFT_ISSUER: z.url().optional(),
  /** Any other OpenID Connect providers: JSON `[{"id","name","issuer","clientId","clientSecret"}]`. */
  HIVIEX_OIDC_PROVIDERS: z.string().optional(),
  /** Origins of other sites whose pages may call the API with an API key, comma-separated. */
  HIVIEX_CORS_ORIGINS: z.string().default(''),
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
