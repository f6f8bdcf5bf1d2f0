/** How a path names a version. Ids are ULIDs, which have letters; a number is a version's number. */
export function toReference(version: string): string | number {
  return /^\d{1,9}$/.test(version) ? Number(version) : version;
}
