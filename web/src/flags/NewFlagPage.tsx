// Creating a flag: what it is called, what it may serve, how long it lives, and who may ask for it.
import { Alert, Button, Group, Stack, Textarea } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { CircleAlert } from "lucide-react";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { api, type Schemas } from "../api/client.ts";
import { faultOf, remainingFault } from "../api/faults.ts";
import { Loaded } from "../parts/Loaded.tsx";
import { ButtonLink } from "../parts/links.tsx";
import { isNamed, isOfNameOrKey, NameAndKey } from "../parts/NameAndKey.tsx";
import { Page } from "../parts/Page.tsx";
import { Section } from "../parts/Section.tsx";
import { areTags, TagsField } from "../parts/TagsField.tsx";
import { usePlace } from "../shell/place.ts";
import { commonTexts } from "../texts/everywhere.ts";
import { newFlagTexts } from "../texts/flagEditing.ts";
import { AvailabilityField, LifetimeField } from "./FlagUseFields.tsx";
import { NewVariations } from "./NewVariations.tsx";
import { bodyOf, draftFrom, valueFaults } from "./newFlag.ts";

const NO_FAULTS: ReadonlyMap<string, string> = new Map();

export function NewFlagPage() {
  const { projectKey } = usePlace();
  const defaults = api.useQuery("get", "/api/v2/projects/{projectKey}/flag-defaults", {
    params: { path: { projectKey } },
  });
  return (
    <Page title={newFlagTexts.title} about={newFlagTexts.about}>
      <Loaded query={defaults} height={900}>
        {(found) => <NewFlagForm defaults={found} />}
      </Loaded>
    </Page>
  );
}

function NewFlagForm({ defaults }: { defaults: Schemas["FlagDefaultsShape"] }) {
  const { projectKey } = usePlace();
  const navigate = useNavigate();
  const [draft, setDraft] = useState(() => draftFrom(defaults));
  const [attempts, setAttempts] = useState(0);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (attempts) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [attempts]);
  const create = api.useMutation("post", "/api/v2/flags/{projectKey}", {
    meta: { showsError: true, done: newFlagTexts.created },
    onSuccess: ({ key }) =>
      navigate({
        to: "/projects/$projectKey/flags/$flagKey/targeting",
        params: { projectKey, flagKey: key },
      }),
    onError: () => setAttempts((before) => before + 1),
  });
  const faults = valueFaults(draft);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (faults.size || !isNamed(draft.named) || !areTags(draft.tags)) {
      setAttempts(attempts + 1);
      return;
    }
    create.mutate({ params: { path: { projectKey } }, body: bodyOf(draft) });
  };
  const problem = isOfNameOrKey(create.error)
    ? undefined
    : remainingFault(create.error, "name", "key", "description", "tags");
  return (
    <form ref={form} onSubmit={submit}>
      <Stack gap="xl" maw={760}>
        <Stack>
          <NameAndKey
            value={draft.named}
            onChange={(named) => setDraft({ ...draft, named })}
            error={create.error}
            placeholder={newFlagTexts.namePlaceholder}
          />
          <Textarea
            label={commonTexts.description}
            description={newFlagTexts.descriptionHint}
            autosize
            minRows={2}
            value={draft.description}
            onChange={(event) => setDraft({ ...draft, description: event.currentTarget.value })}
            error={faultOf(create.error, "description")}
          />
          <TagsField
            kind="flag"
            value={draft.tags}
            onChange={(tags) => setDraft({ ...draft, tags })}
            error={faultOf(create.error, "tags")}
          />
        </Stack>
        <Section title={newFlagTexts.variations}>
          <NewVariations draft={draft} onChange={setDraft} faults={attempts ? faults : NO_FAULTS} />
        </Section>
        <Section title={newFlagTexts.lifetime}>
          <LifetimeField
            isTemporary={draft.isTemporary}
            onChange={(isTemporary) => setDraft({ ...draft, isTemporary })}
          />
        </Section>
        <Section title={newFlagTexts.availability}>
          <AvailabilityField
            value={draft}
            onChange={(availability) => setDraft({ ...draft, ...availability })}
          />
        </Section>
        {problem && (
          <Alert color="red" icon={<CircleAlert aria-hidden />} title={commonTexts.errors.notSaved}>
            {problem}
          </Alert>
        )}
        <Group>
          <Button type="submit" loading={create.isPending}>
            {newFlagTexts.create}
          </Button>
          <ButtonLink to="/projects/$projectKey/flags" params={{ projectKey }} variant="default">
            {commonTexts.cancel}
          </ButtonLink>
        </Group>
      </Stack>
    </form>
  );
}
