// What went wrong, in words for whoever looks at the page.
import { commonTexts } from "../texts/everywhere.ts";

interface Refusal {
  code: string;
  message: string;
}

function isRefusal(error: unknown): error is Refusal {
  return typeof error === "object" && error !== null && "code" in error && "message" in error;
}

/** The API says itself what is wrong; without an answer the server was not reached. */
export function explain(error: unknown): string {
  if (isRefusal(error)) return error.message;
  return error instanceof TypeError ? commonTexts.errors.unreachable : commonTexts.errors.unexpected;
}

/** Whether the error is one of these refusals of the API. */
export function isCode(error: unknown, ...codes: readonly string[]): boolean {
  return isRefusal(error) && codes.includes(error.code);
}
