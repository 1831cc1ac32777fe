// A flag's settings in every environment, what is connected with it, and its end.
import { Stack } from "@mantine/core";
import { EndOfFlag } from "./EndOfFlag.tsx";
import { FlagLinks } from "./FlagLinks.tsx";
import { FlagTriggers } from "./FlagTriggers.tsx";
import { GeneralSettings } from "./GeneralSettings.tsx";

export function FlagSettingsPage() {
  return (
    <Stack gap="xl">
      <GeneralSettings />
      <FlagLinks />
      <FlagTriggers />
      <EndOfFlag />
    </Stack>
  );
}
