// The flags that came with a deployment or left with it, and how soon what is new behind them was served.
import { Text } from "@mantine/core";
import type { Schemas } from "../api/client.ts";
import { type Column, DataTable } from "../parts/DataTable.tsx";
import { TextLink } from "../parts/links.tsx";
import { span } from "../parts/numbers.ts";
import { Section } from "../parts/Section.tsx";
import { usePlace } from "../shell/place.ts";
import { deploymentPageTexts } from "../texts/deliveries.ts";
import { flagReferencesOf } from "./expanded.ts";
import type { ScoresAnswer } from "./scores.ts";

type Exposure = Schemas["FlagExposureShape"];

interface Row {
  flagKey: string;
  how: string;
  exposure?: Exposure;
}

interface Props {
  deployment: Schemas["DeploymentShape"];
  scores: ScoresAnswer | undefined;
}

export function FlagsOfDeployment({ deployment, scores }: Props) {
  const rows = rowsOf(deployment, scores);
  const columns: Column<Row>[] = [
    {
      title: deploymentPageTexts.flag,
      isEssential: true,
      cell: ({ flagKey }) => <FlagLink flagKey={flagKey} />,
    },
    { title: deploymentPageTexts.inCode, isEssential: true, cell: ({ how }) => how },
    { title: deploymentPageTexts.reached, cell: ({ exposure }) => exposure && reachedIn(exposure) },
  ];
  return (
    <Section title={deploymentPageTexts.flags} about={deploymentPageTexts.flagsAbout}>
      {rows.length ? (
        <DataTable
          caption={deploymentPageTexts.flags}
          columns={columns}
          rows={rows}
          idOf={({ flagKey }) => flagKey}
        />
      ) : (
        <Text size="sm">{deploymentPageTexts.noFlags}</Text>
      )}
    </Section>
  );
}

function rowsOf(deployment: Schemas["DeploymentShape"], scores: ScoresAnswer | undefined): Row[] {
  const exposures = scores?.additionalMetrics?.exposureLag?.flags ?? [];
  const mine = new Map(
    exposures.filter((each) => each.deployment === deployment.id).map((each) => [each.flagKey, each]),
  );
  const referred = flagReferencesOf(deployment).map(({ flagKey, referencesAdded, referencesRemoved }) => ({
    flagKey,
    how: deploymentPageTexts.references(referencesAdded, referencesRemoved),
    exposure: mine.get(flagKey),
  }));
  const known = new Set(referred.map(({ flagKey }) => flagKey));
  const seen = [...mine.values()].filter(({ flagKey }) => !known.has(flagKey));
  return [
    ...referred,
    ...seen.map((exposure) => ({ flagKey: exposure.flagKey, how: seenIn(exposure), exposure })),
  ];
}

function seenIn({ seenIn: source }: Exposure): string {
  return source === "evaluations" ? deploymentPageTexts.firstEvaluated : deploymentPageTexts.firstMentioned;
}

function reachedIn({ lagMs }: Exposure): string {
  const lag = lagMs["50"];
  return lag == null ? deploymentPageTexts.notReached : deploymentPageTexts.after(span(lag));
}

function FlagLink({ flagKey }: { flagKey: string }) {
  const { projectKey } = usePlace();
  return (
    <TextLink
      to="/projects/$projectKey/flags/$flagKey/targeting"
      params={{ projectKey, flagKey }}
      className="key"
    >
      {flagKey}
    </TextLink>
  );
}
