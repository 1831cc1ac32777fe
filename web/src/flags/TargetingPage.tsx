// Whom a flag gives what in one environment: looked at, edited, reviewed in words, and saved as a semantic patch.
import { Alert, Paper, Skeleton, Stack, Switch, Text } from "@mantine/core";
import { useCallback, useEffect, useMemo, useState } from "react";
import { whyNot } from "../api/access.ts";
import { api, SEMANTIC_PATCH, semanticPatch } from "../api/client.ts";
import { TextLink } from "../parts/links.tsx";
import { Panel } from "../parts/Panel.tsx";
import { ReviewChange } from "../parts/ReviewChange.tsx";
import { SaveBar } from "../parts/SaveBar.tsx";
import { type Choice, ServedEditor } from "../rules/ServedEditor.tsx";
import { usePlace } from "../shell/place.ts";
import { commonTexts } from "../texts/everywhere.ts";
import { targetingTexts } from "../texts/targeting.ts";
import { type Flag, useConfiguration, useFlag } from "./flag.ts";
import { variationName } from "./names.ts";
import { faultsOf } from "./targeting/faults.ts";
import { PrerequisitesEditor } from "./targeting/PrerequisitesEditor.tsx";
import { RulesEditor } from "./targeting/RulesEditor.tsx";
import { TargetsEditor } from "./targeting/TargetsEditor.tsx";
import { useNeededFlags } from "./targeting/useNeededFlags.ts";
import { type Targeting, useTargeting } from "./targeting/useTargeting.ts";
import { describe, type Names } from "./targeting/words.ts";

export function TargetingPage() {
  const { flags, isComplete } = useNeededFlags();
  // Once there is something to edit it stays, although somebody else may make the flag need another one.
  const [isStarted, setStarted] = useState(isComplete);
  useEffect(() => setStarted((before) => before || isComplete), [isComplete]);
  if (!isStarted) return <Skeleton height={600} aria-label={commonTexts.loading} role="status" />;
  return <Editor needed={flags} />;
}

function Editor({ needed }: { needed: readonly Flag[] }) {
  // Those that are needed already, and those that were chosen here.
  const [chosen, setChosen] = useState<readonly Flag[]>([]);
  const others = useMemo(() => [...needed, ...chosen], [needed, chosen]);
  const flag = useFlag();
  const configuration = useConfiguration();
  const { environment } = usePlace();
  const variationsOf = useCallback(
    (key: string) => others.find((each) => each.key === key)?.variations,
    [others],
  );
  const targeting = useTargeting(flag, environment.key, variationsOf);
  const [isReviewing, setReviewing] = useState(false);
  const [showsFaults, setShowsFaults] = useState(false);
  const variations: Choice[] = flag.variations.map((each) => ({
    id: each._id ?? "",
    name: variationName(each),
  }));
  const names = useNames(variations, others);
  const { draft, edit } = targeting;
  const texts = targetingTexts;
  const isReadOnly = (action: string) => flag.archived || whyNot(configuration._access, action) !== "";
  const faults = showsFaults ? faultsOf(draft) : [];
  const review = () => {
    setShowsFaults(true);
    setReviewing(faultsOf(draft).length === 0);
  };
  return (
    <Stack gap="lg">
      {targeting.isChangedElsewhere && <ChangedElsewhere targeting={targeting} flagKey={flag.key} />}
      <Reason text={whyNot(configuration._access, "updateOn", "updateRules", "updateFallthrough")} />
      <Paper withBorder p="md">
        <Switch
          size="lg"
          label={texts.switch(environment.name)}
          description={draft.on ? texts.isOn : texts.isOff(names.variation(draft.offVariationId ?? ""))}
          onLabel={texts.on}
          offLabel={texts.off}
          checked={draft.on}
          disabled={isReadOnly("updateOn")}
          onChange={(event) => edit({ on: event.currentTarget.checked })}
        />
      </Paper>
      <Panel title={texts.prerequisites} about={texts.prerequisitesAbout}>
        <PrerequisitesEditor
          prerequisites={draft.prerequisites}
          known={others}
          ownKey={flag.key}
          onKnow={(other) => setChosen([...chosen, other])}
          onChange={(prerequisites) => edit({ prerequisites })}
          isReadOnly={isReadOnly("updatePrerequisites")}
        />
      </Panel>
      <Panel title={texts.targets} about={texts.targetsAbout}>
        <TargetsEditor
          targets={draft.targets}
          variations={variations}
          onChange={(targets) => edit({ targets })}
          isReadOnly={isReadOnly("updateTargets")}
        />
      </Panel>
      <Panel title={texts.rules} about={texts.rulesAbout}>
        <RulesEditor
          rules={draft.rules}
          variations={variations}
          onChange={(rules) => edit({ rules })}
          isReadOnly={isReadOnly("updateRules")}
          showsFaults={showsFaults}
        />
      </Panel>
      <Panel title={texts.defaultRule} about={texts.defaultAbout}>
        <ServedEditor
          label={texts.serve}
          served={draft.fallthrough}
          variations={variations}
          onChange={(fallthrough) => edit({ fallthrough })}
          isReadOnly={isReadOnly("updateFallthrough")}
        />
      </Panel>
      <Panel title={texts.whenOff}>
        <ServedEditor
          label={texts.serve}
          served={{ variationId: draft.offVariationId ?? "" }}
          variations={variations}
          onChange={(served) => "variationId" in served && edit({ offVariationId: served.variationId })}
          isReadOnly={isReadOnly("updateOffVariation")}
          isOneOnly
        />
      </Panel>
      {faults.length > 0 && <Faults faults={faults} />}
      <SaveBar changes={targeting.instructions.length} onReview={review} onDiscard={targeting.discard} />
      {isReviewing && <Review targeting={targeting} names={names} onClose={() => setReviewing(false)} />}
    </Stack>
  );
}

function useNames(variations: readonly Choice[], others: readonly Flag[]): Names {
  return useMemo(() => {
    const own = new Map(variations.map(({ id, name }) => [id, name]));
    return {
      variation: (id) => own.get(id) ?? targetingTexts.words.nothing,
      variationOf: (flagKey, id) => {
        const found = others.find(({ key }) => key === flagKey)?.variations.find(({ _id }) => _id === id);
        return found ? variationName(found) : id;
      },
    };
  }, [variations, others]);
}

function Reason({ text }: { text: string }) {
  if (!text) return null;
  return (
    <Alert color="gray" title={targetingTexts.readOnly}>
      {text}
    </Alert>
  );
}

function Faults({ faults }: { faults: readonly string[] }) {
  return (
    <Alert color="red" role="alert">
      {faults.map((fault) => (
        <Text key={fault} size="sm">
          {fault}
        </Text>
      ))}
    </Alert>
  );
}

function ChangedElsewhere({ targeting, flagKey }: { targeting: Targeting; flagKey: string }) {
  const { projectKey } = usePlace();
  const texts = targetingTexts.elsewhere;
  return (
    <Alert
      color="orange"
      title={texts.title}
      withCloseButton
      closeButtonLabel={commonTexts.close}
      onClose={targeting.acknowledge}
      role="alert"
    >
      <Stack gap="xs" align="flex-start">
        <Text size="sm">
          {texts.text} {targeting.hasLost && texts.removed}
        </Text>
        <TextLink
          to="/projects/$projectKey/flags/$flagKey/history"
          params={{ projectKey, flagKey }}
          target="_blank"
        >
          {texts.show}
        </TextLink>
      </Stack>
    </Alert>
  );
}

interface ReviewProps {
  targeting: Targeting;
  names: Names;
  onClose: () => void;
}

function Review({ targeting, names, onClose }: ReviewProps) {
  const flag = useFlag();
  const { projectKey, environment } = usePlace();
  const path = { projectKey, featureFlagKey: flag.key };
  const patchWith = (comment: string) =>
    semanticPatch(targeting.instructions, { environmentKey: environment.key, comment });
  const save = api.useMutation("patch", "/api/v2/flags/{projectKey}/{featureFlagKey}", {
    meta: { done: targetingTexts.saved, showsError: true },
    onSuccess: (answer) => {
      targeting.settle(answer);
      onClose();
    },
  });
  // Asks without changing anything: what the server would refuse is told before it is saved.
  const check = api.useQuery(
    "patch",
    "/api/v2/flags/{projectKey}/{featureFlagKey}",
    { params: { path, query: { dryRun: true } }, headers: SEMANTIC_PATCH, body: patchWith("") },
    { retry: false, staleTime: 0, gcTime: 0, enabled: save.isIdle || save.isError },
  );
  return (
    <ReviewChange
      heading={targetingTexts.inEnvironment(environment.name)}
      warning={environment.critical ? targetingTexts.critical(environment.name) : undefined}
      words={targeting.instructions.map((each) => describe(each, targeting.saved, names))}
      patch={patchWith("")}
      needsComment={environment.requireComments}
      isChecking={check.isFetching}
      refusal={save.error ?? check.error}
      isSaving={save.isPending}
      onSave={(comment) =>
        save.mutate({
          params: { path },
          headers: SEMANTIC_PATCH,
          body: patchWith(comment),
        })
      }
      onClose={onClose}
    />
  );
}
