import { describe, expect, it } from '@jest/globals';
import { readConfig } from './config.ts';
import { defaultRateLimits } from './rate-limits.ts';

const key = 'QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE=';

describe('readConfig', () => {
  it('needs nothing: every variable has a default', () => {
    expect(readConfig({})).toEqual({
      HOST: '127.0.0.1',
      HIVIEX_DATA_DIR: '.hiviex',
      DATABASE_POOL: 10,
      TEMPORAL_NAMESPACE: 'default',
      TEMPORAL_TLS: false,
      HIVIEX_TRUST_PROXY: 0,
      HIVIEX_SIGN_UP: false,
      HIVIEX_SESSION_IDLE_HOURS: 168,
      HIVIEX_SESSION_MAX_HOURS: 720,
      HIVIEX_OIDC_PROVIDERS: [],
      HIVIEX_PAYLOAD_KEYS: [],
      HIVIEX_CORS_ORIGINS: [],
      HIVIEX_RATE_LIMITS: defaultRateLimits,
      HIVIEX_MAX_BODY_BYTES: 5_000_000,
      HIVIEX_MAX_FILE_BYTES: 500_000_000,
      HIVIEX_MAX_UPLOAD_BYTES: 5_000_000_000,
      HIVIEX_STORAGE_BYTES: 0,
      HIVIEX_BODY_DAYS: 90,
      HIVIEX_RUN_DAYS: 365,
      S3_ENDPOINT: 'https://s3.amazonaws.com',
      S3_REGION: 'us-east-1',
      HIVIEX_ALLOW_PRIVATE_HOSTS: '',
      HIVIEX_MCP_COMMANDS: {},
      MAIL_FROM: 'Hiviex <no-reply@localhost>',
      HIVIEX_QUEUES: 'automations,agents,http,code,maintenance',
      LOG_LEVEL: 'info',
    });
  });

  it('takes a variable that is set to nothing for one that is not set, as compose files write them', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: '', LOG_LEVEL: '', TEMPORAL_TLS: '' })).toEqual(
      readConfig({}),
    );
  });

  it('reads numbers and flags from text, and ignores what is not ours', () => {
    const config = readConfig({ PORT: '0', DATABASE_POOL: '3', TEMPORAL_TLS: '1', PATH: '/bin' });
    expect(config).toMatchObject({ PORT: 0, DATABASE_POOL: 3, TEMPORAL_TLS: true });
    expect(config).not.toHaveProperty('PATH');
  });

  it('reads the programs that may be MCP servers, and names what is wrong with them', () => {
    const given = { clock: { command: 'a-clock', args: ['{folder}'] } };
    expect(readConfig({ HIVIEX_MCP_COMMANDS: JSON.stringify(given) }).HIVIEX_MCP_COMMANDS).toEqual({
      clock: { command: 'a-clock', args: ['{folder}'], env: {} },
    });
    for (const wrong of ['a-clock', '{"clock":{}}', '{"A clock":{"command":"a-clock"}}'])
      expect(() => readConfig({ HIVIEX_MCP_COMMANDS: wrong })).toThrow('HIVIEX_MCP_COMMANDS');
  });

  it('reads payload keys in order, written in either way', () => {
    const keys = [
      { id: 'new', key },
      { id: 'old', key: key.toLowerCase() },
    ];
    const [first, second] = keys.map(({ id, key }) => [id, key] as const);
    const list = `${first!.join(':')}, ${second!.join(':')}`;
    expect(readConfig({ HIVIEX_PAYLOAD_KEYS: list }).HIVIEX_PAYLOAD_KEYS).toEqual(keys);
    const json = JSON.stringify(Object.fromEntries([first!, second!]));
    expect(readConfig({ HIVIEX_PAYLOAD_KEYS: json }).HIVIEX_PAYLOAD_KEYS).toEqual(keys);
  });

  it.each([
    ['PORT', '70000'],
    ['PORT', 'http'],
    ['PUBLIC_URL', 'hiviex'],
    ['HIVIEX_API_KEY', 'short'],
    ['HIVIEX_OWNER_PASSWORD', 'short'],
    ['HIVIEX_OWNER_EMAIL', 'nobody'],
    ['HIVIEX_MAX_BODY_BYTES', '50000000'],
    ['HIVIEX_MAX_FILE_BYTES', '1'],
    ['S3_ENDPOINT', 'versitygw:7070'],
    ['HIVIEX_PAYLOAD_KEYS', 'k1'],
    ['HIVIEX_PAYLOAD_KEYS', 'k1:c2hvcnQ='],
    ['HIVIEX_PAYLOAD_KEYS', `k1:${key},k1:${key}`],
    ['TEMPORAL_TLS', 'perhaps'],
    ['LOG_LEVEL', 'loud'],
    ['HIVIEX_CORS_ORIGINS', '*'],
    ['HIVIEX_CORS_ORIGINS', 'https://a.example.com,https://b.example.com/page'],
    ['SMTP_URL', 'mail.example.com:587'],
  ])('refuses %s=%s', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(new RegExp(`^These environment.*\\n  ${name}: `));
  });

  it('names every wrong variable at once, and never its value', () => {
    const wrong = { HIVIEX_API_KEY: 'secret-but-short', PORT: 'x', LOG_LEVEL: 'loud' };
    const message = messageOf(() => readConfig(wrong));
    for (const name of Object.keys(wrong)) expect(message).toContain(`  ${name}: `);
    expect(message).not.toContain('secret-but-short');
  });
});

function messageOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('It did not throw.');
}
