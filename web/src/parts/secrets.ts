// What may be seen of a secret by whoever looks over a shoulder: what kind it is, and its end.
const COVER = "••••";

export function masked(secret: string): string {
  const kind = /^(sdk|mob|api)-/.exec(secret)?.[0] ?? "";
  return `${kind}${COVER}${secret.slice(-4)}`;
}
