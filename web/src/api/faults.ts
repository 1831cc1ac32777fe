// What a refusal says about single fields, so that a form can show it beside them.
import { explain } from "./errors.ts";

interface Fault {
  attribute: string;
  reason: string;
}

function faultsOf(error: unknown): readonly Fault[] {
  if (typeof error !== "object" || error === null || !("errors" in error)) return [];
  return Array.isArray(error.errors) ? error.errors : [];
}

function isOf(fault: Fault, field: string): boolean {
  return fault.attribute.replace(/^[/.]/, "").split(/[.[/]/)[0] === field;
}

/** What is wrong with the field, if the error says so. */
export function faultOf(error: unknown, field: string): string | undefined {
  return faultsOf(error).find((fault) => isOf(fault, field))?.reason;
}

/** What is wrong with anything but these fields; nothing where there is no error, or they show it all. */
export function remainingFault(error: unknown, ...fields: readonly string[]): string | undefined {
  if (error === null || error === undefined) return undefined;
  const faults = faultsOf(error);
  const isShown = faults.length > 0 && faults.every((fault) => fields.some((field) => isOf(fault, field)));
  return isShown ? undefined : explain(error);
}
