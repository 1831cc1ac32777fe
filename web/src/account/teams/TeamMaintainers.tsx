// Who looks after a team.
import { Button, Group, Stack, Text } from "@mantine/core";
import { Plus, UserMinus } from "lucide-react";
import { useState } from "react";
import { whyNot } from "../../api/access.ts";
import { IconAction } from "../../parts/IconAction.tsx";
import { Section } from "../../parts/Section.tsx";
import { teamTexts as texts } from "../../texts/account.ts";
import { labelOf, nameOf } from "../people/names.ts";
import { AddPeopleDialog } from "./AddPeopleDialog.tsx";
import { maintainerInstruction } from "./instructions.ts";
import { type Team, useTeamChange } from "./team.ts";

export function TeamMaintainers({ team }: { team: Team }) {
  const [isAdding, setAdding] = useState(false);
  const { change, isBusy } = useTeamChange(team.key, texts.saved);
  const maintainers = team.maintainers?.items ?? [];
  const why = whyNot(team._access, "updateTeamPermissionGrants");
  return (
    <Section title={texts.maintainers} about={texts.maintainersAbout}>
      <Stack gap="xs" align="flex-start">
        {maintainers.length === 0 && <Text size="sm">{texts.noMaintainers}</Text>}
        {maintainers.map((member) => (
          <Group key={member._id} gap="xs" wrap="nowrap">
            <Text size="sm" style={{ overflowWrap: "anywhere" }}>
              {labelOf(member)}
            </Text>
            <IconAction
              label={texts.removeMaintainer(nameOf(member))}
              icon={UserMinus}
              color="red"
              why={why}
              onClick={() => isBusy || change([maintainerInstruction("remove", [member._id])])}
            />
          </Group>
        ))}
        <Button
          variant="default"
          size="xs"
          leftSection={<Plus size={14} aria-hidden />}
          disabled={why !== ""}
          title={why || undefined}
          onClick={() => setAdding(true)}
        >
          {texts.addMaintainers}
        </Button>
      </Stack>
      {isAdding && (
        <AddPeopleDialog
          team={team}
          title={texts.addMaintainers}
          without={maintainers.map(({ _id }) => _id)}
          instructionOf={(ids) => maintainerInstruction("add", ids)}
          onClose={() => setAdding(false)}
        />
      )}
    </Section>
  );
}
