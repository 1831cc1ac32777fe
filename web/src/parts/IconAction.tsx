// A small button with a picture. Where it may not be used, it stays reachable and says why.
import { ActionIcon, Tooltip } from "@mantine/core";
import type { LucideIcon } from "lucide-react";

interface Props {
  label: string;
  icon: LucideIcon;
  /** Why it cannot be used; an empty text where it can. */
  why?: string;
  color?: string;
  onClick: () => void;
}

export function IconAction({ label, icon: Icon, why = "", color = "gray", onClick }: Props) {
  return (
    <Tooltip label={why || label} multiline maw={320} events={{ hover: true, focus: true, touch: true }}>
      <ActionIcon
        variant="subtle"
        color={color}
        aria-label={why ? `${label}. ${why}` : label}
        aria-disabled={why ? true : undefined}
        data-disabled={why ? true : undefined}
        onClick={() => why || onClick()}
      >
        <Icon size={16} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
