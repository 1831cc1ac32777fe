// What was served of a flag along time, as a chart and in numbers.
import { Stack, Table } from "@mantine/core";
import type { ReactNode } from "react";
import { api } from "../api/client.ts";
import { Chart } from "../parts/Chart.tsx";
import { Command } from "../parts/Command.tsx";
import { Empty } from "../parts/Empty.tsx";
import { Loaded } from "../parts/Loaded.tsx";
import { count, percent } from "../parts/numbers.ts";
import { Section } from "../parts/Section.tsx";
import { usePlace } from "../shell/place.ts";
import { evaluationTexts } from "../texts/flagUse.ts";
import { seriesOf, sharesOf, sum, totalsOf, type Usage, zone } from "./evaluations.ts";
import { useFlag } from "./flag.ts";

export interface Period {
  from: number;
  to: number;
}

interface Props {
  period: Period;
  rangeName: string;
  rangeChoice: ReactNode;
}

export function Evaluations({ period, rangeName, rangeChoice }: Props) {
  const { projectKey, environment } = usePlace();
  const { key } = useFlag();
  const usage = api.useQuery(
    "get",
    "/api/v2/usage/evaluations/{projectKey}/{environmentKey}/{featureFlagKey}",
    {
      params: {
        path: { projectKey, environmentKey: environment.key, featureFlagKey: key },
        query: { ...period, tz: zone },
      },
    },
    { placeholderData: (before) => before },
  );
  return (
    <Section
      title={evaluationTexts.title}
      about={evaluationTexts.about(environment.name)}
      actions={rangeChoice}
    >
      <Loaded query={usage} height={460}>
        {(found) =>
          sum(totalsOf(found)) === 0 ? (
            <NoEvaluations flagKey={key} />
          ) : (
            <Stack>
              <Chart
                label={evaluationTexts.chart(environment.name, rangeName)}
                kind="area"
                series={seriesOf(found)}
                format={count}
              />
              <Shares usage={found} />
            </Stack>
          )
        }
      </Loaded>
    </Section>
  );
}

function Shares({ usage }: { usage: Usage }) {
  const texts = evaluationTexts.columns;
  return (
    <Table aria-label={evaluationTexts.shares} maw={560}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{texts.variation}</Table.Th>
          <Table.Th scope="col" ta="right">
            {texts.count}
          </Table.Th>
          <Table.Th scope="col" ta="right">
            {texts.share}
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {sharesOf(usage).map(({ name, count: number, share }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two variations may have one name
          <Table.Tr key={place}>
            <Table.Th scope="row" fw={400}>
              {name}
            </Table.Th>
            <Table.Td ta="right" className="number">
              {count(number)}
            </Table.Td>
            <Table.Td ta="right" className="number">
              {percent(share)}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function NoEvaluations({ flagKey }: { flagKey: string }) {
  const { environment } = usePlace();
  const flag = useFlag();
  const fallback = typeof flag.variations[0]?.value === "boolean" ? "false" : '"…"';
  return (
    <Empty title={evaluationTexts.empty}>
      <p>{evaluationTexts.emptyText(environment.name)}</p>
      <Command label={evaluationTexts.code}>{`client.variation("${flagKey}", context, ${fallback})`}</Command>
    </Empty>
  );
}
