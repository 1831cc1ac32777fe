// How far setting up has come: each step asks again every few seconds until something has arrived.
import type { ReactNode } from "react";
import { api, type Schemas } from "../api/client.ts";
import { explain } from "../api/errors.ts";
import { Ago } from "../parts/Ago.tsx";
import { Command } from "../parts/Command.tsx";
import { count } from "../parts/numbers.ts";
import { usePlace } from "../shell/place.ts";
import { guideTexts, setupTexts, stepTexts } from "../texts/setup.ts";
import { countMentions, lastEvaluation, pipelineToken, type StepName, type StepState } from "./setupFacts.ts";

export interface Step {
  state: StepState;
  /** What arrived, or what is missing. */
  fact: ReactNode;
}

const SECOND = 1_000;

/** Often while something is awaited; now and then afterwards, so that what is told stays true. */
function polling<Data>(isDone: (data: Data) => boolean) {
  return {
    refetchInterval: (query: { state: { data?: Data | undefined } }) =>
      query.state.data !== undefined && isDone(query.state.data) ? 30 * SECOND : 3 * SECOND,
  };
}

interface Asked<Data> {
  data: Data | undefined;
  error: unknown;
}

/** What one query says about a step; nothing while it has not answered. */
function stepOf<Data>({ data, error }: Asked<Data>, read: (data: Data) => Step): Step | undefined {
  if (data !== undefined) return read(data);
  return error ? { state: "hidden", fact: setupTexts.cannotSee(explain(error)) } : undefined;
}

interface Listed {
  items: readonly unknown[];
}

const hasItems = ({ items }: Listed) => items.length > 0;

/** All steps, as soon as every one has been answered. */
export function useSetup(): Readonly<Record<StepName, Step>> | undefined {
  const found = {
    deployments: useDeployments(),
    pullRequests: usePullRequests(),
    flag: useFlags(),
    sdk: useEvaluations(),
    codeReferences: useCodeReferences(),
    token: useTokens(),
  };
  const { deployments, pullRequests, flag, sdk, codeReferences, token } = found;
  if (!deployments || !pullRequests || !flag || !sdk || !codeReferences || !token) return undefined;
  return { deployments, pullRequests, flag, sdk, codeReferences, token };
}

function useDeployments(): Step | undefined {
  const { projectKey, environment } = usePlace();
  const query = { projectKey, environmentKey: environment.key, from: 0, limit: 1 };
  const path = "/api/v2/engineering-insights/deployments";
  const asked = api.useQuery("get", path, { params: { query } }, polling(hasItems));
  const texts = stepTexts.deployments;
  return stepOf(asked, ({ items: [last], totalCount = 1 }) => {
    if (!last) return { state: "waiting", fact: texts.waiting };
    const version = last.applicationVersion.slice(0, 20);
    return {
      state: "done",
      fact: (
        <>
          {texts.fact(count(totalCount), version, last.applicationKey)}
          <Ago at={last.endedAt ?? last.startedAt} />.
        </>
      ),
    };
  });
}

function usePullRequests(): Step | undefined {
  const { projectKey, environment } = usePlace();
  const path = "/api/v2/engineering-insights/pull-requests";
  const query = { projectKey, from: 0, limit: 1 };
  const deployed = { ...query, environmentKey: environment.key, status: "deployed" } as const;
  const known = api.useQuery("get", path, { params: { query } }, polling(hasItems));
  const delivered = api.useQuery("get", path, { params: { query: deployed } }, polling(hasItems));
  const texts = stepTexts.pullRequests;
  const isKnown = known.data && hasItems(known.data);
  if (known.data === undefined && !known.error) return undefined;
  return stepOf(delivered, ({ items, totalCount = items.length }) => {
    if (items.length > 0) return { state: "done", fact: texts.fact(count(totalCount)) };
    if (!isKnown) return { state: "waiting", fact: texts.waiting };
    return {
      state: "partly",
      fact: (
        <>
          {texts.partly(count(known.data?.totalCount ?? 1))}
          <Command label={guideTexts.doctorLabel}>{guideTexts.doctor}</Command>
        </>
      ),
    };
  });
}

/** The project's first flags: the step counts them, and the programs of the SDKs ask for one. */
export function useFirstFlags() {
  const { projectKey } = usePlace();
  const params = { path: { projectKey }, query: { limit: 20, summary: true } };
  return api.useQuery("get", "/api/v2/flags/{projectKey}", { params }, polling(hasItems));
}

function useFlags(): Step | undefined {
  const texts = stepTexts.flag;
  return stepOf(useFirstFlags(), ({ items, totalCount = items.length }) =>
    items.length
      ? { state: "done", fact: texts.fact(count(totalCount)) }
      : { state: "waiting", fact: texts.waiting },
  );
}

function useEvaluations(): Step | undefined {
  const { projectKey, environment } = usePlace();
  const asked = api.useQuery(
    "get",
    "/api/v2/flag-statuses/{projectKey}/{environmentKey}",
    { params: { path: { projectKey, environmentKey: environment.key } } },
    polling(({ items }: Schemas["FlagStatusesShape"]) => lastEvaluation(items) !== undefined),
  );
  const texts = stepTexts.sdk;
  return stepOf(asked, ({ items }) => {
    const last = lastEvaluation(items);
    if (last === undefined) return { state: "waiting", fact: texts.waiting };
    return {
      state: "done",
      fact: (
        <>
          {texts.fact}
          <Ago at={last} />.
        </>
      ),
    };
  });
}

function useCodeReferences(): Step | undefined {
  const { projectKey } = usePlace();
  const asked = api.useQuery(
    "get",
    "/api/v2/code-refs/statistics/{projectKey}",
    { params: { path: { projectKey } } },
    polling(({ flags }: Schemas["StatisticsShape"]) => countMentions(flags).flags > 0),
  );
  const texts = stepTexts.codeReferences;
  return stepOf(asked, ({ flags }) => {
    const found = countMentions(flags);
    if (!found.flags) return { state: "waiting", fact: texts.waiting };
    return { state: "done", fact: texts.fact(count(found.flags), count(found.repositories)) };
  });
}

function useTokens(): Step | undefined {
  const asked = api.useQuery(
    "get",
    "/api/v2/tokens",
    { params: { query: { limit: 100 } } },
    polling(({ items }: { items: Schemas["TokenShape"][] }) => pipelineToken(items) !== undefined),
  );
  const texts = stepTexts.token;
  return stepOf(asked, ({ items }) => {
    const token = pipelineToken(items);
    if (!token) return { state: "waiting", fact: texts.waiting };
    return {
      state: "done",
      fact: (
        <>
          {texts.fact(token.name)}
          {token.lastUsed ? (
            <>
              {texts.used}
              <Ago at={token.lastUsed} />.
            </>
          ) : (
            texts.unused
          )}
        </>
      ),
    };
  });
}
