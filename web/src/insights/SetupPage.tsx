// What is still missing for this project and environment, and how to get it in.
import { Accordion, Group, Paper, Progress, Stack, Text } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { CircleCheck, CircleDashed, CircleDotDashed, EyeOff, type LucideIcon } from "lucide-react";
import { useState } from "react";
import { Loading } from "../parts/Loading.tsx";
import { Page } from "../parts/Page.tsx";
import { usePlace } from "../shell/place.ts";
import { setupTexts, stepTexts } from "../texts/setup.ts";
import { SetupGuide } from "./SetupGuide.tsx";
import { nextStep, STEPS, type StepName, type StepState } from "./setupFacts.ts";
import { type Step, useSetup } from "./useSetup.tsx";

export function SetupPage() {
  const { projectName, projectKey, environment } = usePlace();
  const steps = useSetup();
  return (
    <Page title={setupTexts.title} about={setupTexts.about(projectName, environment.name)}>
      {steps ? <Steps key={`${projectKey}/${environment.key}`} steps={steps} /> : <Loading height={560} />}
    </Page>
  );
}

function Steps({ steps }: { steps: Readonly<Record<StepName, Step>> }) {
  const search = useSearch({ from: "/projects/$projectKey/setup" });
  const navigate = useNavigate({ from: "/projects/$projectKey/setup" });
  const states = stateOf(steps);
  // What is opened at first stays open when it turns to done: nobody's page moves under their hands.
  const [first] = useState(() => nextStep(states));
  const open = search.step ?? first ?? "none";
  return (
    <Stack>
      <Overall states={states} />
      <Accordion
        order={2}
        variant="separated"
        value={open}
        onChange={(step) =>
          navigate({
            search: (now) => ({ ...now, step: STEPS.find((each) => each === step) ?? "none" }),
            replace: true,
            resetScroll: false,
          })
        }
      >
        {STEPS.map((step) => (
          <Accordion.Item key={step} value={step}>
            <Accordion.Control>
              <StepTitle step={step} state={states[step]} />
            </Accordion.Control>
            <Accordion.Panel>
              {open === step && <SetupGuide name={step} step={steps[step]} />}
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
    </Stack>
  );
}

function stateOf(steps: Readonly<Record<StepName, Step>>): Record<StepName, StepState> {
  const { deployments, pullRequests, flag, sdk, codeReferences, token } = steps;
  return {
    deployments: deployments.state,
    pullRequests: pullRequests.state,
    flag: flag.state,
    sdk: sdk.state,
    codeReferences: codeReferences.state,
    token: token.state,
  };
}

function Overall({ states }: { states: Record<StepName, StepState> }) {
  const done = STEPS.filter((step) => states[step] === "done").length;
  const next = nextStep(states);
  return (
    <Paper withBorder p="md">
      <Group justify="space-between" gap="xs" mb="xs" role="status">
        <Text fw={650} className="number">
          {setupTexts.progress(done, STEPS.length)}
        </Text>
        <Text size="sm" c="dimmed">
          {next ? setupTexts.next(stepTexts[next].title) : done === STEPS.length && setupTexts.complete}
        </Text>
      </Group>
      <Progress value={(100 * done) / STEPS.length} color="teal.6" aria-label={setupTexts.progressLabel} />
    </Paper>
  );
}

const LOOKS: Record<StepState, { icon: LucideIcon; colour: string }> = {
  done: { icon: CircleCheck, colour: "var(--mantine-color-teal-light-color)" },
  partly: { icon: CircleDotDashed, colour: "var(--mantine-color-orange-light-color)" },
  waiting: { icon: CircleDashed, colour: "var(--mantine-color-dimmed)" },
  hidden: { icon: EyeOff, colour: "var(--mantine-color-dimmed)" },
};

function StepTitle({ step, state }: { step: StepName; state: StepState }) {
  const { icon: Icon, colour } = LOOKS[state];
  return (
    <Group justify="space-between" gap="xs" pr="xs">
      <Text fw={600}>{setupTexts.numbered(STEPS.indexOf(step) + 1, stepTexts[step].title)}</Text>
      <Group gap={6} c={colour} wrap="nowrap">
        <Icon size={18} aria-hidden />
        <Text size="sm" fw={500}>
          {setupTexts.states[state]}
        </Text>
      </Group>
    </Group>
  );
}
