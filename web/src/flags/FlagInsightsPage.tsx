// How a flag is used: what was served along time, where it is asked for, and what its changes moved.
import { SegmentedControl, Stack } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { usePlace } from "../shell/place.ts";
import { instantsOf } from "../shell/range.ts";
import { evaluationTexts } from "../texts/flagUse.ts";
import { Evaluations } from "./Evaluations.tsx";
import { FlagReleases } from "./FlagReleases.tsx";
import { StatusEverywhere } from "./StatusEverywhere.tsx";

const ROUTE = "/projects/$projectKey/flags/$flagKey/insights";
const RANGES = [1, 7, 28, 90] as const;

export function FlagInsightsPage() {
  const { environment } = usePlace();
  const search = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  // The page is about the time up to when it was opened: nothing moves while one looks.
  const [now] = useState(() => Date.now());
  const period = instantsOf(search, now);
  const isChosen = search.from !== undefined || search.to !== undefined;
  const days = RANGES.find((each) => each === (search.range ?? 28));
  const name = days && !isChosen ? evaluationTexts.ranges[days] : evaluationTexts.chosen;
  return (
    <Stack gap="xl">
      <Evaluations
        key={environment.key}
        period={period}
        rangeName={name}
        rangeChoice={
          <SegmentedControl
            aria-label={evaluationTexts.range}
            size="xs"
            data={RANGES.map((each) => ({ value: String(each), label: evaluationTexts.ranges[each] }))}
            value={isChosen ? "" : String(days ?? "")}
            onChange={(chosen) =>
              navigate({
                search: { range: chosen === "28" ? undefined : Number(chosen) },
                replace: true,
                resetScroll: false,
              })
            }
          />
        }
      />
      <StatusEverywhere />
      <FlagReleases period={period} />
    </Stack>
  );
}
