// What a form has changed, as a JSON patch: what stays as it was needs no right to be changed.
interface Replacement {
  op: "replace";
  path: string;
  value: unknown;
}

export function patchOf<Fields extends object>(before: Fields, after: Partial<Fields>): Replacement[] {
  return Object.entries(after)
    .filter(([field, value]) => JSON.stringify(before[field as keyof Fields]) !== JSON.stringify(value))
    .map(([field, value]) => ({ op: "replace", path: `/${field}`, value }));
}
