// One step of setting up: why, whether it is done, how it is done, and where it is then seen.
import { Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { ButtonLink, TextLink } from "../parts/links.tsx";
import { usePlace } from "../shell/place.ts";
import { setupTexts, stepTexts } from "../texts/setup.ts";
import { CodeReferencesGuide } from "./CodeReferencesGuide.tsx";
import { DeploymentsGuide } from "./DeploymentsGuide.tsx";
import { SdkGuide } from "./SdkGuide.tsx";
import type { StepName } from "./setupFacts.ts";
import { TokenGuide } from "./TokenGuide.tsx";
import type { Step } from "./useSetup.tsx";
import { WebhooksGuide } from "./WebhooksGuide.tsx";

const GUIDES: Record<StepName, () => ReactNode> = {
  deployments: () => <DeploymentsGuide />,
  pullRequests: () => <WebhooksGuide />,
  flag: () => <FlagGuide />,
  sdk: () => <SdkGuide />,
  codeReferences: () => <CodeReferencesGuide />,
  token: () => <TokenGuide />,
};

export function SetupGuide({ name, step }: { name: StepName; step: Step }) {
  return (
    <Stack gap="md">
      <Text>{stepTexts[name].why}</Text>
      <Text size="sm" fw={500} component="div" role="status">
        {step.fact}
      </Text>
      {GUIDES[name]()}
      <Text size="sm">
        {setupTexts.seen} <SeenOn name={name} />
      </Text>
    </Stack>
  );
}

function FlagGuide() {
  const { projectKey } = usePlace();
  return (
    <ButtonLink
      to="/projects/$projectKey/flags/new"
      params={{ projectKey }}
      variant="light"
      style={{ alignSelf: "flex-start" }}
    >
      {stepTexts.flag.action}
    </ButtonLink>
  );
}

function SeenOn({ name }: { name: StepName }) {
  const { projectKey } = usePlace();
  const params = { projectKey };
  const text = stepTexts[name].seen;
  switch (name) {
    case "deployments":
      return (
        <TextLink to="/projects/$projectKey/deployments" params={params}>
          {text}
        </TextLink>
      );
    case "pullRequests":
      return (
        <TextLink to="/projects/$projectKey/lead-time" params={params}>
          {text}
        </TextLink>
      );
    case "token":
      return <TextLink to="/settings/tokens">{text}</TextLink>;
    default:
      return (
        <TextLink to="/projects/$projectKey/flags" params={params}>
          {text}
        </TextLink>
      );
  }
}
