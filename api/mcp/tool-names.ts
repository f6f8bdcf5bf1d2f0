/** Names of tools: what MCP and the makers of models allow, letters, digits, _ and -, 64 at most. */

export interface ToBeNamed {
  id: string;
  /** As people call it. */
  name: string;
  /** In front of it, so that kinds are told apart. */
  prefix: string;
}

const longest = 48;

/** `Consultar preço` → `Consultar_preco`. Where two are called alike, or nothing is left, the end of the id stands behind. */
export function toolNames(things: readonly ToBeNamed[]): string[] {
  const plain = things.map(({ name, prefix }) => prefix + lettersOf(name));
  return plain.map((name, at) => {
    const { id, prefix } = things[at]!;
    const isClear = name !== prefix && plain.indexOf(name) === plain.lastIndexOf(name);
    return isClear ? name : `${name === prefix ? name : `${name}_`}${id.slice(-8).toLowerCase()}`;
  });
}

function lettersOf(name: string): string {
  const letters = name.normalize('NFKD').replace(/\p{Diacritic}/gu, '');
  return letters
    .replace(/[^A-Za-z0-9_-]+/g, '_')
    .slice(0, longest)
    .replace(/^_+|_+$/g, '');
}
