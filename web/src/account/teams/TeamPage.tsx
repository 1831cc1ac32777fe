// One team: who is in it, what they share, who looks after it.
import { Button, Group, SimpleGrid, Stack, Text } from "@mantine/core";
import { useNavigate, useParams } from "@tanstack/react-router";
import { Pencil } from "lucide-react";
import { useState } from "react";
import { whyNot } from "../../api/access.ts";
import { api, client } from "../../api/client.ts";
import { KeyText } from "../../parts/Command.tsx";
import { ConfirmByKey } from "../../parts/ConfirmByKey.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { TextLink } from "../../parts/links.tsx";
import { Page } from "../../parts/Page.tsx";
import { teamTexts as texts } from "../../texts/account.ts";
import { commonTexts } from "../../texts/everywhere.ts";
import { useRemoval } from "../useRemoval.ts";
import { TeamDetailsDialog } from "./TeamDetailsDialog.tsx";
import { TeamMaintainers } from "./TeamMaintainers.tsx";
import { TeamMembers } from "./TeamMembers.tsx";
import { TeamRights } from "./TeamRights.tsx";
import type { Team } from "./team.ts";

const EXPAND = "members,roles,maintainers,roleAttributes,projects";

export function TeamPage() {
  const { teamKey } = useParams({ from: "/settings/teams/$teamKey" });
  const team = api.useQuery("get", "/api/v2/teams/{teamKey}", {
    params: { path: { teamKey }, query: { expand: EXPAND } },
  });
  return (
    <Page
      title={team.data?.name ?? teamKey}
      about={
        <Stack gap={4}>
          {team.data?.description && <Text inherit>{team.data.description}</Text>}
          <Group gap="md">
            <KeyText value={teamKey} />
            <TextLink to="/settings/teams">{texts.toAll}</TextLink>
          </Group>
        </Stack>
      }
      actions={team.data && <Actions team={team.data} />}
    >
      <Loaded query={team} height={700}>
        {(found) => (
          <Stack gap="xl">
            <TeamMembers team={found} />
            <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
              <TeamRights key={found._version} team={found} />
              <TeamMaintainers team={found} />
            </SimpleGrid>
          </Stack>
        )}
      </Loaded>
    </Page>
  );
}

function Actions({ team }: { team: Team }) {
  const [doing, setDoing] = useState<"edit" | "remove">();
  const close = () => setDoing(undefined);
  const whyNoEdit = whyNot(team._access, "updateTeamName", "updateTeamDescription");
  const whyNoRemoval = whyNot(team._access, "deleteTeam");
  return (
    <>
      <Button
        variant="default"
        leftSection={<Pencil size={16} aria-hidden />}
        disabled={whyNoEdit !== ""}
        title={whyNoEdit || undefined}
        onClick={() => setDoing("edit")}
      >
        {commonTexts.edit}
      </Button>
      <Button
        variant="light"
        color="red"
        disabled={whyNoRemoval !== ""}
        title={whyNoRemoval || undefined}
        onClick={() => setDoing("remove")}
      >
        {commonTexts.remove}
      </Button>
      {doing === "edit" && <TeamDetailsDialog team={team} onClose={close} />}
      {doing === "remove" && <RemoveTeam team={team} onClose={close} />}
    </>
  );
}

function RemoveTeam({ team, onClose }: { team: Team; onClose: () => void }) {
  const navigate = useNavigate();
  const removal = useRemoval({
    done: texts.removed,
    remove: () => client.DELETE("/api/v2/teams/{teamKey}", { params: { path: { teamKey: team.key } } }),
    leave: () => navigate({ to: "/settings/teams" }),
  });
  return (
    <ConfirmByKey
      title={texts.removeTitle(team.name)}
      keyToType={team.key}
      action={commonTexts.remove}
      isBusy={removal.isPending}
      onConfirm={() => removal.mutate()}
      onClose={onClose}
    >
      {texts.removeText}
    </ConfirmByKey>
  );
}
