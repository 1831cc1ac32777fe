// A policy to read: a sentence a statement.
import { List, ThemeIcon } from "@mantine/core";
import { Ban, Check } from "lucide-react";
import type { Statement } from "./statements.ts";
import { statementInWords } from "./words.ts";

export function PolicyWords({ statements }: { statements: readonly Statement[] }) {
  return (
    <List size="sm" spacing={4} listStyleType="none" m={0} p={0}>
      {statements.map((statement) => {
        const words = statementInWords(statement);
        const isDenial = statement.effect === "deny";
        return (
          <List.Item
            key={JSON.stringify(statement)}
            icon={
              <ThemeIcon size={18} radius="xl" variant="light" color={isDenial ? "red" : "teal"} aria-hidden>
                {isDenial ? <Ban size={12} /> : <Check size={12} />}
              </ThemeIcon>
            }
          >
            {words}
          </List.Item>
        );
      })}
    </List>
  );
}
