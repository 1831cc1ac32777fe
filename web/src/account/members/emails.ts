// Whether a text can be somebody's address. The server looks closer.
const EMAIL = /^[^\s@]+@[^\s@]+$/;
const LONGEST = 254;

export function isEmail(text: string): boolean {
  return EMAIL.test(text) && text.length <= LONGEST;
}

const BETWEEN = /[\s,;]+/;

/** The addresses of a list as people paste it. */
export function splitEmails(text: string): string[] {
  return text.split(BETWEEN).filter(Boolean);
}
