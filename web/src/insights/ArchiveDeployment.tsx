// Takes a deployment that was told by mistake out of every count, and brings it back.
import { Button, Tooltip } from "@mantine/core";
import { Archive, ArchiveRestore } from "lucide-react";
import { api, type Schemas } from "../api/client.ts";
import { deploymentPageTexts } from "../texts/deliveries.ts";

export function ArchiveDeployment({ deployment }: { deployment: Schemas["DeploymentShape"] }) {
  const { id, archived } = deployment;
  const texts = deploymentPageTexts;
  const change = api.useMutation("patch", "/api/v2/engineering-insights/deployments/{deploymentID}", {
    meta: { done: archived ? texts.restored : texts.archived },
  });
  const [Icon, label] = archived ? [ArchiveRestore, texts.restore] : [Archive, texts.archive];
  return (
    // What is archived says so on its page already.
    <Tooltip
      label={texts.archiveAbout}
      disabled={archived}
      multiline
      maw={320}
      events={{ hover: true, focus: true, touch: true }}
    >
      <Button
        variant="default"
        leftSection={<Icon size={16} aria-hidden />}
        loading={change.isPending}
        onClick={() =>
          change.mutate({
            params: { path: { deploymentID: id } },
            body: [{ op: "replace", path: "/archived", value: !archived }],
          })
        }
      >
        {label}
      </Button>
    </Tooltip>
  );
}
