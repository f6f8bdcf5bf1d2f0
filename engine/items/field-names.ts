/** The names in a parameter that takes several: `id, customer.email`. */
export function fieldNames(list: string): string[] {
  return list
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
}

/** What a value found at a path is called where it stands alone: `customer.email` → `email`, `lines[0].price` → `price`. */
export function lastName(path: string): string {
  return (
    path
      .replace(/\[(\d+)\]/g, '.$1')
      .split('.')
      .findLast(Boolean) ?? path
  );
}
