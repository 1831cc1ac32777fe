// Text in which * stands for any characters or none. As the server has it, without regular expressions: *a*a*a*b would
// make them try for minutes.
export function matches(wildcard: string, text: string): boolean {
  const [first = "", ...rest] = wildcard.split("*");
  const last = rest.pop();
  if (last === undefined) return text === first;
  let position = first.length;
  const end = text.length - last.length;
  if (position > end || !text.startsWith(first) || !text.endsWith(last)) return false;
  for (const part of rest) {
    const found = text.indexOf(part, position);
    if (found < 0 || found + part.length > end) return false;
    position = found + part.length;
  }
  return true;
}
