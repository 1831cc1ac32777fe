// Which time a page is about: some days up to now, or the dates that somebody followed a link with.
import { Button, Group, SegmentedControl, Text } from "@mantine/core";
import { X } from "lucide-react";
import { day } from "../parts/numbers.ts";
import type { RangeSearch } from "../shell/range.ts";
import { rangeTexts } from "../texts/deliveries.ts";
import { isChosen, periodOf, RANGES } from "./period.ts";

interface Props {
  value: RangeSearch;
  onChange: (range: RangeSearch) => void;
}

export function RangeFilter({ value, onChange }: Props) {
  if (isChosen(value)) {
    const { from, to } = periodOf(value, Date.now());
    return (
      <Group gap="xs" mih={36}>
        <Text size="sm" fw={600} className="number">
          {rangeTexts.chosen(day(from), day(to))}
        </Text>
        <Button
          size="xs"
          variant="default"
          leftSection={<X size={14} aria-hidden />}
          onClick={() => onChange({ range: value.range, from: undefined, to: undefined })}
        >
          {rangeTexts.clear}
        </Button>
      </Group>
    );
  }
  return (
    <SegmentedControl
      style={{ alignSelf: "flex-start" }}
      aria-label={rangeTexts.label}
      size="xs"
      value={String(value.range ?? 28)}
      data={RANGES.map((days) => ({ value: String(days), label: rangeTexts.names[days] }))}
      onChange={(days) =>
        onChange({ range: days === "28" ? undefined : Number(days), from: undefined, to: undefined })
      }
    />
  );
}
