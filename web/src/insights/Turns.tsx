// The pages of a list whose pages are known by where they begin. Where one is stands in the address.
import { ActionIcon, Group, Text } from "@mantine/core";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { turnTexts } from "../texts/deliveries.ts";
import { type TurnSearch, turnsOf } from "./turns.ts";

interface Props {
  links: Readonly<Record<string, { href: string }>>;
  /** How many there are on all pages, in words. */
  total: string;
  onTurn: (turn: TurnSearch) => void;
}

export function Turns({ links, total, onTurn }: Props) {
  const { previous, next } = turnsOf(links);
  const go = (turn: TurnSearch | undefined) =>
    turn && onTurn({ after: undefined, before: undefined, ...turn });
  return (
    <Group component="nav" aria-label={turnTexts.label} justify="flex-end" gap="sm">
      <Text size="sm" className="number" role="status">
        {total}
      </Text>
      {(previous || next) && (
        <>
          <ActionIcon
            variant="default"
            aria-label={turnTexts.previous}
            disabled={!previous}
            onClick={() => go(previous)}
          >
            <ChevronLeft size={18} aria-hidden />
          </ActionIcon>
          <ActionIcon variant="default" aria-label={turnTexts.next} disabled={!next} onClick={() => go(next)}>
            <ChevronRight size={18} aria-hidden />
          </ActionIcon>
        </>
      )}
    </Group>
  );
}
