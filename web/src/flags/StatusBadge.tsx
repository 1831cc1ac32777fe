// What the use of a flag says about it, in a word that explains itself.
import { Badge, Tooltip } from "@mantine/core";
import { statusTexts } from "../texts/flags.ts";

export type Status = keyof typeof statusTexts;

const COLOURS: Record<Status, string> = {
  new: "gray",
  active: "teal",
  inactive: "orange",
  launched: "blue",
};

function isStatus(name: string): name is Status {
  return name in statusTexts;
}

export function StatusBadge({ status }: { status: string | undefined }) {
  if (!status || !isStatus(status)) return null;
  return (
    <Tooltip label={statusTexts[status].about} events={{ hover: true, focus: true, touch: true }}>
      <Badge color={COLOURS[status]} variant="light" tt="none" tabIndex={0}>
        {statusTexts[status].name}
      </Badge>
    </Tooltip>
  );
}
