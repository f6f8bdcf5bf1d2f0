/** The page about roles as Markdown, made from the policy itself: a test compares the one that is checked in (docs/roles.md) with it. */
import { actionNames, ruleOf } from './actions.ts';
import { grantLevels, grantLevelTexts, roles, roleTexts } from './roles.ts';

export function describeRoles(): string {
  return [
    '# Who may do what',
    '',
    '<!-- Written by `npm run docs:roles` from contracts/access. Change the policy there, then run it. -->',
    '',
    'One policy decides (`can` in `contracts/access/can.ts`), and every route and every socket event asks it. *Funções e permissões:',
    'uma política decide, e toda rota e todo evento de socket pergunta a ela.*',
    '',
    '## Roles · Funções',
    '',
    '| role | English | Português |',
    '|---|---|---|',
    ...roles.map((role) => {
      const { name, about } = roleTexts[role];
      return `| \`${role}\` | **${name.en}.** ${about.en} | **${name.pt}.** ${about.pt} |`;
    }),
    '',
    '## Grants · Compartilhamentos',
    '',
    'One resource can be shared with a member, a group, or everyone in the workspace, at a level that holds those before it:',
    `${grantLevels.map((level) => `\`${level}\` (${grantLevelTexts[level].en}; ${grantLevelTexts[level].pt})`).join(', ')}.`,
    'A grant adds to a role and never takes away. Runs are shared with their automation. Deleting a resource ends its grants. Service',
    'accounts have a role and no grants. *Um compartilhamento soma à função e nunca tira; execuções seguem sua automação.*',
    '',
    '## API keys · Chaves de API',
    '',
    'A key does what its role may, as far as its scopes name it: scopes take away and never add. A personal key follows its person,',
    'grants included; what is theirs alone (account, sessions) no key may touch. *Escopos só tiram.*',
    '',
    '## Answers · Respostas',
    '',
    'Nobody signed in: 401. The right is missing: 403, whether or not there is such a thing. A thing that is absent or belongs to',
    'another workspace: the same 404. Lists hold what the asker may view. *Sem sessão 401, sem permissão 403, ausente ou alheio 404.*',
    '',
    '## Actions · Ações',
    '',
    `| action | ${roles.join(' | ')} | scope | or by a grant |`,
    `|---|${roles.map(() => ':-:|').join('')}---|---|`,
    ...actionNames.map((action) => {
      const rule = ruleOf(action);
      const marks = roles.map((role) => (rule.roles.includes(role) ? '✓' : ' '));
      const grant = rule.grant ? `\`${rule.grant[1]}\` on the ${rule.grant[0]}` : '';
      return `| \`${action}\` | ${marks.join(' | ')} | \`${rule.scope}\` | ${grant} |`;
    }),
    '',
  ].join('\n');
}
