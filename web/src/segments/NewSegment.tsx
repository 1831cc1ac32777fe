// Creating a segment: what it is called, and whether its members follow from rules or stand in a large list.
import { Radio, Select, Stack, Textarea } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "../api/client.ts";
import { faultOf, remainingFault } from "../api/faults.ts";
import { FormDialog } from "../parts/FormDialog.tsx";
import { isNamed, isOfNameOrKey, NameAndKey } from "../parts/NameAndKey.tsx";
import { areTags, TagsField } from "../parts/TagsField.tsx";
import { usePlace } from "../shell/place.ts";
import { commonTexts } from "../texts/everywhere.ts";
import { newSegmentTexts } from "../texts/segments.ts";
import { USER } from "./editing/draft.ts";

export function NewSegment({ onClose }: { onClose: () => void }) {
  const { projectKey, environment } = usePlace();
  const navigate = useNavigate();
  const [named, setNamed] = useState({ name: "", key: "" });
  const [description, setDescription] = useState("");
  const [tags, setTags] = useState<string[]>([]);
  const [kind, setKind] = useState("rules");
  const [contextKind, setContextKind] = useState(USER);
  const kinds = api.useQuery("get", "/api/v2/projects/{projectKey}/context-kinds", {
    params: { path: { projectKey } },
  });
  const create = api.useMutation("post", "/api/v2/segments/{projectKey}/{environmentKey}", {
    meta: { done: newSegmentTexts.created, showsError: true },
    onSuccess: ({ key }) =>
      navigate({
        to: "/projects/$projectKey/segments/$segmentKey",
        params: { projectKey, segmentKey: key },
      }),
  });
  const texts = newSegmentTexts;
  return (
    <FormDialog
      title={texts.title}
      action={commonTexts.create}
      isBusy={create.isPending}
      isReady={isNamed(named) && areTags(tags)}
      problem={
        isOfNameOrKey(create.error)
          ? undefined
          : remainingFault(create.error, "name", "key", "description", "tags")
      }
      onSubmit={() =>
        create.mutate({
          params: { path: { projectKey, environmentKey: environment.key } },
          body: {
            name: named.name.trim(),
            key: named.key,
            description,
            tags,
            ...(kind === "list" ? { unbounded: true, unboundedContextKind: contextKind } : {}),
          },
        })
      }
      onClose={onClose}
    >
      <NameAndKey value={named} onChange={setNamed} error={create.error} />
      <Textarea
        label={commonTexts.description}
        description={texts.descriptionHint}
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
        error={faultOf(create.error, "description")}
        autosize
      />
      <TagsField kind="segment" value={tags} onChange={setTags} error={faultOf(create.error, "tags")} />
      <Radio.Group label={texts.kind} value={kind} onChange={setKind}>
        <Stack gap="xs" mt={4}>
          <Radio value="rules" label={texts.byRules} description={texts.byRulesAbout} />
          <Radio value="list" label={texts.list} description={texts.listAbout} />
        </Stack>
      </Radio.Group>
      {kind === "list" && (
        <Select
          label={texts.contextKind}
          data={[...new Set([USER, ...(kinds.data?.items.map(({ key }) => key) ?? [])])]}
          value={contextKind}
          onChange={(chosen) => chosen && setContextKind(chosen)}
          allowDeselect={false}
        />
      )}
    </FormDialog>
  );
}
