// A key that is covered up until one asks for it. It can be copied without being shown.
import { ActionIcon, Group, Tooltip } from "@mantine/core";
import { Eye, EyeOff } from "lucide-react";
import { useState } from "react";
import { commonTexts } from "../texts/everywhere.ts";
import { CopyIcon } from "./Command.tsx";
import { masked } from "./secrets.ts";

export function Secret({ value, name }: { value: string; name: string }) {
  const [isShown, setShown] = useState(false);
  const label = isShown ? commonTexts.hide(name) : commonTexts.show(name);
  return (
    <Group gap={2} wrap="nowrap">
      <span className="key">{isShown ? value : masked(value)}</span>
      <Tooltip label={label}>
        <ActionIcon variant="subtle" color="gray" aria-label={label} onClick={() => setShown(!isShown)}>
          {isShown ? <EyeOff size={16} aria-hidden /> : <Eye size={16} aria-hidden />}
        </ActionIcon>
      </Tooltip>
      <CopyIcon value={value} label={`${commonTexts.copy}: ${name}`} />
    </Group>
  );
}
