// The pages of a list, by number of rows. Where one is stands in the address; the caller keeps it there.
import { ActionIcon, Group, Text } from "@mantine/core";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { commonTexts } from "../texts/everywhere.ts";

interface Props {
  offset: number;
  limit: number;
  total: number;
  onMove: (offset: number) => void;
}

export function Pager({ offset, limit, total, onMove }: Props) {
  if (total === 0) return null;
  const texts = commonTexts.pager;
  return (
    <Group component="nav" aria-label={texts.label} justify="flex-end" gap="sm">
      <Text size="sm" className="number" role="status">
        {texts.of(offset + 1, Math.min(offset + limit, total), total)}
      </Text>
      <ActionIcon
        variant="default"
        aria-label={texts.previous}
        disabled={offset === 0}
        onClick={() => onMove(Math.max(0, offset - limit))}
      >
        <ChevronLeft size={18} aria-hidden />
      </ActionIcon>
      <ActionIcon
        variant="default"
        aria-label={texts.next}
        disabled={offset + limit >= total}
        onClick={() => onMove(offset + limit)}
      >
        <ChevronRight size={18} aria-hidden />
      </ActionIcon>
    </Group>
  );
}
