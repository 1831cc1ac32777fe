// How often a flag was evaluated lately, as large as a word.
import { Group, Text } from "@mantine/core";
import { api } from "../api/client.ts";
import { count } from "../parts/numbers.ts";
import { Spark } from "../parts/Spark.tsx";
import { usePlace } from "../shell/place.ts";
import { flagListTexts } from "../texts/flags.ts";
import { sum, totalsOf, zone } from "./evaluations.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;
const DAYS = 7;

interface Props {
  flagKey: string;
  /** When the list was opened: the same for all of its rows. */
  now: number;
}

export function EvaluationSpark({ flagKey, now }: Props) {
  const { projectKey, environment } = usePlace();
  const usage = api.useQuery(
    "get",
    "/api/v2/usage/evaluations/{projectKey}/{environmentKey}/{featureFlagKey}",
    {
      params: {
        path: { projectKey, environmentKey: environment.key, featureFlagKey: flagKey },
        query: { from: now - DAYS * DAY, tz: zone },
      },
    },
    { staleTime: MINUTE, retry: false },
  );
  const totals = usage.data ? totalsOf(usage.data) : [];
  const all = sum(totals);
  return (
    <Group gap="xs" wrap="nowrap" justify="flex-end" mih={24}>
      {usage.data && (
        <>
          <Text size="sm" className="number" c={all ? undefined : "dimmed"}>
            {count(all)}
          </Text>
          {all > 0 && <Spark values={totals} label={flagListTexts.evaluations(count(all))} width={72} />}
        </>
      )}
    </Group>
  );
}
