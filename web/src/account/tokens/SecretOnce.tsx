// A secret that is shown this once.
import { Alert, Stack } from "@mantine/core";
import { TriangleAlert } from "lucide-react";
import { Command } from "../../parts/Command.tsx";
import { tokenTexts as texts } from "../../texts/tokens.ts";

export function SecretOnce({ secret }: { secret: string }) {
  return (
    <Stack gap="sm">
      <Alert color="orange" icon={<TriangleAlert aria-hidden />} title={texts.secretTitle}>
        {texts.secretWarning}
      </Alert>
      <Command label={texts.secretLabel}>{secret}</Command>
    </Stack>
  );
}
