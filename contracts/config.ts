/** The environment variables Hiviex reads, each with its default. `readConfig` throws one error that names every bad one. */
import { z } from 'zod';
import { type McpCommands, mcpCommands } from './mcp/mcp-server.ts';
import { rateLimits } from './rate-limits.ts';

const flag = z.enum(['true', 'false', '1', '0', '']).transform((value) => value === 'true' || value === '1');
const port = z.coerce.number().int().min(0).max(65_535);

const oidcProviders = z.array(
  z.object({
    /** Part of the address that the provider sends people back to: <PUBLIC_URL>/auth/callback/<id>. */
    id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/, 'an id has a-z, 0-9 and -'),
    name: z.string().min(1).max(64),
    issuer: z.url({ protocol: /^https?$/ }),
    clientId: z.string().min(1),
    clientSecret: z.string().min(1),
    trustEmail: z.boolean().default(false),
  }),
);
export type OidcProvider = z.output<typeof oidcProviders>[number];

const masterKey = z
  .string()
  .regex(/^[A-Za-z0-9+/]{43}=$/, 'has to be 32 bytes in base64, as "openssl rand -base64 32" gives them');

/** A key of HIVIEX_PAYLOAD_KEYS; `key` in base64. */
export interface PayloadKeyGiven {
  id: string;
  key: string;
}

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
  HIVIEX_MASTER_KEY: masterKey.optional(),
  /** The former one, while secrets move to the new one (see docs/security.md). */
  HIVIEX_MASTER_KEY_PREVIOUS: masterKey.optional(),
  /**
   * Seal what Temporal stores of runs: `id:base64,id:base64`, or JSON `{"id":"base64"}`. The first seals, all of them open. Unset:
   * one is made under the data folder.
   */
  HIVIEX_PAYLOAD_KEYS: z.string().transform(parsePayloadKeys).default([]),
  /** Signs what Auth.js keeps in cookies: 32 characters or more. Unset: one is made and kept in the database. */
  HIVIEX_AUTH_SECRET: z.string().min(32, 'needs 32 characters or more').optional(),
  /** Hours after which a browser that was not seen is signed out. */
  /** Days after a run's end that outputs, answers and files are kept, and that runs are; 0: for ever. Workspaces may say others. */
  HIVIEX_BODY_DAYS: z.coerce.number().int().min(0).max(36_500).default(90),
  HIVIEX_RUN_DAYS: z.coerce.number().int().min(0).max(36_500).default(365),
  HIVIEX_SESSION_IDLE_HOURS: z.coerce
    .number()
    .min(0.25)
    .max(8_760)
    .default(7 * 24),
  /** Hours after which it is, seen or not. */
  HIVIEX_SESSION_MAX_HOURS: z.coerce
    .number()
    .min(0.25)
    .max(8_760)
    .default(30 * 24),
  /** Sign-in providers: both of a pair turn one on. */
  AUTH_GOOGLE_ID: z.string().optional(),
  AUTH_GOOGLE_SECRET: z.string().optional(),
  AUTH_GITHUB_ID: z.string().optional(),
  AUTH_GITHUB_SECRET: z.string().optional(),
  AUTH_MICROSOFT_ID: z.string().optional(),
  AUTH_MICROSOFT_SECRET: z.string().optional(),
  /**
   * Of Microsoft's: a tenant's issuer. Default: any account, but then only those with the claim `xms_edov` get in: whoever runs
   * a tenant writes any address into it.
   */
  AUTH_MICROSOFT_ISSUER: z.url().optional(),
  /**
   * Any other OpenID Connect providers: JSON `[{"id","name","issuer","clientId","clientSecret"}]`. `"trustEmail": true` for one
   * that verifies addresses but never says so (`email_verified`).
   */
  HIVIEX_OIDC_PROVIDERS: z.string().transform(parseOidcProviders).default([]),
  /** Origins of other sites whose pages may call the API with an API key, comma-separated. */
  HIVIEX_CORS_ORIGINS: z.string().transform(parseOrigins).default([]),
  /** Changes to the rate limits as JSON by class, or `off`: see `contracts/rate-limits.ts`. */
  HIVIEX_RATE_LIMITS: rateLimits.prefault('{}'),
  HIVIEX_OWNER_EMAIL: z.email().optional(),
  HIVIEX_OWNER_PASSWORD: z.string().min(10, 'needs 10 characters or more').optional(),
  HIVIEX_API_KEY: z.string().min(32, 'needs 32 characters or more').optional(),
  /** Largest webhook or API body, in bytes. */
  HIVIEX_MAX_BODY_BYTES: z.coerce.number().int().min(1_024).max(32_000_000).default(5_000_000),
  /** Largest file that a step or a webhook takes in, in bytes. */
  HIVIEX_MAX_FILE_BYTES: z.coerce.number().int().min(1_024).max(50_000_000_000).default(500_000_000),
  /** Largest file that a person or a program uploads, in bytes. */
  HIVIEX_MAX_UPLOAD_BYTES: z.coerce.number().int().min(1_024).max(50_000_000_000).default(5_000_000_000),
  /** What the uploaded files of one workspace may take, in bytes; 0: no limit. */
  HIVIEX_STORAGE_BYTES: z.coerce.number().int().min(0).default(0),
  /** Every uploaded file is sent here (POST) before anybody can open it: see docs/files.md. Unset: nobody scans. */
  HIVIEX_SCANNER_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Address of a CDN in front of this server or of the bucket, for public pictures. Unset: this server. */
  CDN_BASE_URL: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  /** Bucket for files and large values. Unset: a folder under the data folder. */
  S3_BUCKET: z.string().min(1).optional(),
  S3_ENDPOINT: z.url({ protocol: /^https?$/ }).default('https://s3.amazonaws.com'),
  /**
   * Address at which browsers reach the bucket: uploads go straight there. Unset: they pass through the API, as in most
   * installations nobody outside reaches the bucket.
   */
  S3_PUBLIC_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  S3_REGION: z.string().min(1).default('us-east-1'),
  /** Unset: what AWS's SDK finds (its environment variables, profile or role). */
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  /**
   * What the URLs of users may reach besides the public internet: host, host:port, IP or CIDR range (`10.1.0.0/16`,
   * `[fd00::/8]:443`), comma-separated. Default: nothing private.
   */
  HIVIEX_ALLOW_PRIVATE_HOSTS: z.string().default(''),
  /**
   * Programs that workspaces may use as MCP servers, as JSON by name: `{"files":{"command":"mcp-server-filesystem","args":["{folder}"]}}`.
   * They run beside the workers as their user: see docs/mcp.md. Unset: none.
   */
  HIVIEX_MCP_COMMANDS: z.string().transform(parseMcpCommands).default({}),
  /** smtp:// or smtps:// with name and password. Unset: mails are kept under HIVIEX_DATA_DIR/mail. */
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\/[^/?#]/i, 'has to begin with smtp:// or smtps:// and name a host')
    .optional(),
  /** Sender of every mail. */
  MAIL_FROM: z.string().default('Hiviex <no-reply@localhost>'),
  /** Queues this worker serves, comma-separated. */
  HIVIEX_QUEUES: z.string().default('automations,agents,http,code,maintenance'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
});

/** As browsers write an origin, so that it can be compared: no path, no `*`. */
function parseOrigins(list: string, context: z.RefinementCtx): string[] {
  const origins = list.split(',').flatMap((entry) => entry.trim() || []);
  const wrong = origins.find((entry) => !URL.canParse(entry) || new URL(entry).origin !== entry);
  if (wrong === undefined) return origins;
  context.addIssue({
    code: 'custom',
    message: `has to be origins like https://app.example.com, not ${wrong}`,
  });
  return z.NEVER;
}

export type Config = z.output<typeof environment>;

const takenIds = ['password', 'magic-link', 'google', 'github', 'microsoft-entra-id'];

function parseOidcProviders(json: string, context: z.RefinementCtx): OidcProvider[] {
  const parsed = oidcProviders.safeParse(parseJson(json));
  const refuse = (message: string) => {
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  };
  if (!parsed.success) return refuse(z.prettifyError(parsed.error).replaceAll('\n', ' '));
  const ids = parsed.data.map(({ id }) => id);
  const twice = ids.find((id, position) => takenIds.includes(id) || ids.indexOf(id) !== position);
  return twice === undefined ? parsed.data : refuse(`the id ${twice} is taken`);
}

function parseMcpCommands(json: string, context: z.RefinementCtx): McpCommands {
  const parsed = mcpCommands.safeParse(json.trim() === '' ? {} : parseJson(json));
  if (parsed.success) return parsed.data;
  context.addIssue({ code: 'custom', message: z.prettifyError(parsed.error).replaceAll('\n', ' ') });
  return z.NEVER;
}

function parsePayloadKeys(value: string, context: z.RefinementCtx): PayloadKeyGiven[] {
  const json = parseJson(value);
  const pairs =
    json !== null && typeof json === 'object'
      ? Object.entries(json)
      : value.split(',').map((entry) => entry.trim().split(/:(.*)/).slice(0, 2));
  const parsed = z.array(z.tuple([z.string().regex(/^[\w.-]{1,64}$/), masterKey])).safeParse(pairs);
  const ids = new Set(pairs.map(([id]) => id));
  if (parsed.success && ids.size === pairs.length) return parsed.data.map(([id, key]) => ({ id, key }));
  context.addIssue({
    code: 'custom',
    message: 'has to be id:key,id:key, with each key as "openssl rand -base64 32" gives it and no id twice',
  });
  return z.NEVER;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

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
