// What a flag is called and who looks after it: changed as a draft, saved after a look at the changes.
import { Stack, Textarea, TextInput, Title } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { api, SEMANTIC_PATCH, semanticPatch } from "../api/client.ts";
import { ReviewChange } from "../parts/ReviewChange.tsx";
import { SaveBar } from "../parts/SaveBar.tsx";
import { Section } from "../parts/Section.tsx";
import { areTags, TagsField } from "../parts/TagsField.tsx";
import { usePlace } from "../shell/place.ts";
import { commonTexts } from "../texts/everywhere.ts";
import { newFlagTexts } from "../texts/flagEditing.ts";
import { flagSettingsTexts } from "../texts/flagSettings.ts";
import { AvailabilityField, LifetimeField } from "./FlagUseFields.tsx";
import { useFlag } from "./flag.ts";
import { MaintainerField } from "./MaintainerField.tsx";
import { maintainerName } from "./names.ts";
import type { Instruction } from "./patching.ts";
import { describeSetting, type SettingsDraft, settingsInstructions, settingsOf } from "./settings.ts";

export function GeneralSettings() {
  const flag = useFlag();
  const before = settingsOf(flag);
  // Only what was touched: what others change meanwhile is not taken back.
  const [touched, setTouched] = useState<Partial<SettingsDraft>>({});
  const [maintainer, setMaintainer] = useState<string>();
  // As they were when one began to look at them: what is saved makes the others no changes any more.
  const [reviewed, setReviewed] = useState<readonly Instruction[]>();
  const draft = { ...before, ...touched };
  const change = (now: Partial<SettingsDraft>) => setTouched((earlier) => ({ ...earlier, ...now }));
  const instructions = settingsInstructions(before, draft);
  const isSound = draft.name.trim() !== "" && areTags(draft.tags);
  const calledNow = maintainer ?? maintainerName(flag);
  return (
    <>
      <Section title={flagSettingsTexts.general} about={flagSettingsTexts.key}>
        <Stack maw={760}>
          <TextInput
            label={commonTexts.name}
            required
            maxLength={256}
            value={draft.name}
            onChange={(event) => change({ name: event.currentTarget.value })}
            error={draft.name.trim() === "" && flagSettingsTexts.nameNeeded}
            autoComplete="off"
          />
          <Textarea
            label={commonTexts.description}
            description={newFlagTexts.descriptionHint}
            autosize
            minRows={2}
            maxLength={10_000}
            value={draft.description}
            onChange={(event) => change({ description: event.currentTarget.value })}
          />
          <TagsField kind="flag" value={draft.tags} onChange={(tags) => change({ tags })} />
          <MaintainerField
            value={draft.maintainer}
            name={calledNow}
            onChange={(value, name) => {
              setMaintainer(name);
              change({ maintainer: value });
            }}
          />
          <Part title={newFlagTexts.lifetime}>
            <LifetimeField
              isTemporary={draft.isTemporary}
              onChange={(isTemporary) => change({ isTemporary })}
            />
          </Part>
          <Part title={newFlagTexts.availability}>
            <AvailabilityField value={draft} onChange={change} />
          </Part>
        </Stack>
      </Section>
      <SaveBar
        changes={instructions.length}
        onReview={() => isSound && setReviewed(instructions)}
        onDiscard={() => {
          setTouched({});
          setMaintainer(undefined);
        }}
      />
      {reviewed && (
        <Review
          instructions={reviewed}
          words={reviewed.map((each) => describeSetting(each, calledNow))}
          onSaved={() => {
            setTouched({});
            setMaintainer(undefined);
            setReviewed(undefined);
          }}
          onClose={() => setReviewed(undefined)}
        />
      )}
    </>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <Title order={3} fz="sm" fw={600} mb="xs">
        {title}
      </Title>
      {children}
    </div>
  );
}

interface ReviewProps {
  instructions: readonly Instruction[];
  words: readonly string[];
  onSaved: () => void;
  onClose: () => void;
}

function Review({ instructions, words, onSaved, onClose }: ReviewProps) {
  const { projectKey } = usePlace();
  const { key } = useFlag();
  const path = { projectKey, featureFlagKey: key };
  const save = api.useMutation("patch", "/api/v2/flags/{projectKey}/{featureFlagKey}", {
    meta: { done: flagSettingsTexts.saved, showsError: true },
    onSuccess: onSaved,
  });
  // Asks without changing anything: what the server would refuse is told before it is saved.
  const check = api.useQuery(
    "patch",
    "/api/v2/flags/{projectKey}/{featureFlagKey}",
    { params: { path, query: { dryRun: true } }, headers: SEMANTIC_PATCH, body: semanticPatch(instructions) },
    { retry: false, staleTime: 0, gcTime: 0, enabled: save.isIdle || save.isError },
  );
  return (
    <ReviewChange
      heading={flagSettingsTexts.inEveryEnvironment}
      words={words}
      patch={semanticPatch(instructions)}
      needsComment={false}
      isChecking={check.isFetching}
      refusal={save.error ?? check.error}
      isSaving={save.isPending}
      onSave={(comment) =>
        save.mutate({
          params: { path },
          headers: SEMANTIC_PATCH,
          body: semanticPatch(instructions, { comment }),
        })
      }
      onClose={onClose}
    />
  );
}
