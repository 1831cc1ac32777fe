// A link that is a picture, with its name where one points at it.
import { ActionIcon, type ActionIconProps, Tooltip } from "@mantine/core";
import { createLink } from "@tanstack/react-router";
import type { LucideIcon } from "lucide-react";
import type { Ref } from "react";

interface Props extends Omit<ActionIconProps, "children"> {
  label: string;
  icon: LucideIcon;
  ref?: Ref<HTMLAnchorElement>;
}

function PlainIconLink({ label, icon: Icon, ...props }: Props) {
  return (
    <Tooltip label={label} events={{ hover: true, focus: true, touch: true }}>
      <ActionIcon component="a" variant="subtle" color="gray" aria-label={label} {...props}>
        <Icon size={16} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

export const IconLink = createLink(PlainIconLink);
