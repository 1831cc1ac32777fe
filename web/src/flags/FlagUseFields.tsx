// How long a flag lives, and which clients may ask for it: of a new flag, and of one that is there.
import { Checkbox, Radio, Stack } from "@mantine/core";
import { newFlagTexts } from "../texts/flagEditing.ts";

interface LifetimeProps {
  isTemporary: boolean;
  onChange: (isTemporary: boolean) => void;
}

export function LifetimeField({ isTemporary, onChange }: LifetimeProps) {
  return (
    <Radio.Group
      aria-label={newFlagTexts.lifetime}
      value={isTemporary ? "temporary" : "permanent"}
      onChange={(choice) => onChange(choice === "temporary")}
    >
      <Stack gap="sm">
        <Radio value="temporary" label={newFlagTexts.temporary} description={newFlagTexts.temporaryAbout} />
        <Radio value="permanent" label={newFlagTexts.permanent} description={newFlagTexts.permanentAbout} />
      </Stack>
    </Radio.Group>
  );
}

interface Availability {
  usingEnvironmentId: boolean;
  usingMobileKey: boolean;
}

interface AvailabilityProps {
  value: Availability;
  onChange: (availability: Availability) => void;
}

export function AvailabilityField({ value, onChange }: AvailabilityProps) {
  const { usingEnvironmentId, usingMobileKey } = value;
  const chosen = Object.entries({ usingEnvironmentId, usingMobileKey }).flatMap(([name, is]) =>
    is ? [name] : [],
  );
  return (
    <Checkbox.Group
      aria-label={newFlagTexts.availability}
      description={newFlagTexts.availabilityAbout}
      value={chosen}
      onChange={(names) =>
        onChange({
          usingEnvironmentId: names.includes("usingEnvironmentId"),
          usingMobileKey: names.includes("usingMobileKey"),
        })
      }
    >
      <Stack gap="sm" mt="sm">
        <Checkbox value="usingEnvironmentId" label={newFlagTexts.usingEnvironmentId} />
        <Checkbox value="usingMobileKey" label={newFlagTexts.usingMobileKey} />
      </Stack>
    </Checkbox.Group>
  );
}
