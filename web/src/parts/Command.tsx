// Something to paste elsewhere, with a button that copies it.
import { ActionIcon, Code, CopyButton, Group, Tooltip } from "@mantine/core";
import { Check, Copy } from "lucide-react";
import { commonTexts } from "../texts/everywhere.ts";

export function CopyIcon({ value, label }: { value: string; label: string }) {
  // Browsers lend the clipboard on https and on this machine only.
  if (!navigator.clipboard) return null;
  return (
    <CopyButton value={value}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? commonTexts.copied : label}>
          <ActionIcon
            variant="subtle"
            color="gray"
            onClick={copy}
            aria-label={copied ? commonTexts.copied : label}
          >
            {copied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  );
}

interface CommandProps {
  children: string;
  label: string;
  /** What is seen in its place, where it holds a secret; the whole is copied all the same. */
  shown?: string;
}

/** Several lines to paste into a terminal or a file. */
export function Command({ children, label, shown = children }: CommandProps) {
  return (
    <Group gap={4} align="flex-start" wrap="nowrap">
      <Code block flex={1} miw={0} tabIndex={0} role="region" aria-label={label}>
        {shown}
      </Code>
      <CopyIcon value={children} label={`${commonTexts.copy}: ${label}`} />
    </Group>
  );
}

/** A key on one line. */
export function KeyText({ value }: { value: string }) {
  return (
    <Group gap={2} wrap="nowrap">
      <span className="key">{value}</span>
      <CopyIcon value={value} label={`${commonTexts.copy} ${value}`} />
    </Group>
  );
}
