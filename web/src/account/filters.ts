// The `filter=` of lists. Its grammar has commas between fields and brackets around values: neither may come from
// what somebody searches for.
export function filterOf(fields: Readonly<Record<string, string | undefined>>): string | undefined {
  const parts = Object.entries(fields).flatMap(([field, value]) => {
    const plain = value?.replace(/[,"{}[\]()]+/g, " ").trim();
    return plain ? [`${field}:${plain}`] : [];
  });
  return parts.length ? parts.join(",") : undefined;
}
