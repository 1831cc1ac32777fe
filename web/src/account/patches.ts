// What a form has changed, as a JSON patch: what stays as it was needs no right to be changed. The API takes members
// that are absent as replaceable too.
export interface Replacement {
  op: "replace";
  path: string;
  value: unknown;
}

export function patchOf<Fields extends object>(before: Partial<Fields>, after: Fields): Replacement[] {
  const old = new Map<string, unknown>(Object.entries(before));
  return Object.entries(after)
    .filter(([field, value]) => JSON.stringify(old.get(field)) !== JSON.stringify(value))
    .map(([field, value]) => ({ op: "replace", path: `/${field}`, value }));
}
