import { z } from 'zod';
import { field } from '../field.ts';
import { text } from '../text.ts';
import { defineCredentialType } from './credential-type.ts';
import { optionalSecret, plainText } from './fields.ts';

export const postgresCredential = defineCredentialType({
  type: 'postgres',
  icon: 'Database',
  label: text('Postgres', 'Postgres'),
  description: text('A PostgreSQL database.', 'Um banco de dados PostgreSQL.'),
  values: z.object({
    host: plainText(text('Host', 'Host'), { placeholder: 'db.example.com', destination: true }),
    port: field(z.int().min(1).max(65_535).default(5_432), {
      label: text('Port', 'Porta'),
      destination: true,
    }),
    database: plainText(text('Database', 'Banco de dados')),
    user: plainText(text('User', 'Usuário')),
    password: optionalSecret(text('Password', 'Senha')),
    tls: field(z.enum(['verify', 'trust', 'off']).default('verify'), {
      label: text('TLS', 'TLS'),
      // Without it, or with any certificate, who stands in between reads the password.
      destination: true,
      options: {
        verify: text('On, certificate checked', 'Ligado, certificado verificado'),
        trust: text('On, any certificate', 'Ligado, qualquer certificado'),
        off: text('Off', 'Desligado'),
      },
    }),
  }),
  nodes: ['postgres'],
  tester: 'postgres',
});
export type PostgresValues = z.output<typeof postgresCredential.values>;
