// What one flag serves this context by name, before any rule is asked.
import { Radio, Select, Stack, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { api, type Schemas } from "../../api/client.ts";
import { remainingFault } from "../../api/faults.ts";
import { FormDialog } from "../../parts/FormDialog.tsx";
import { usePlace } from "../../shell/place.ts";
import { targetTexts } from "../../texts/contexts.ts";
import { commonTexts } from "../../texts/everywhere.ts";
import { type ContextDocument, partsOf } from "../documents.ts";
import { variationName } from "../reasons.ts";
import { targetOf } from "./targets.ts";

interface Props {
  flag: Schemas["FlagShape"];
  context: ContextDocument;
  onClose: () => void;
}

const NONE = "none";

export function TargetForm({ flag, context, onClose }: Props) {
  const { projectKey, environment } = usePlace();
  const parts = partsOf(context);
  const [place, setPlace] = useState(0);
  const part = parts[place];
  const configuration = flag.environments?.[environment.key];
  const present = part && targetOf(configuration, part);
  const [chosen, setChosen] = useState<string>();
  const [comment, setComment] = useState("");
  const save = api.useMutation(
    "put",
    "/api/v2/projects/{projectKey}/environments/{environmentKey}/contexts/{contextKind}/{contextKey}/flags/{featureFlagKey}",
    { meta: { done: targetTexts.saved, showsError: true }, onSuccess: onClose },
  );
  if (!part) return null;
  const choice = chosen ?? (present === undefined ? NONE : String(present));
  const isWithoutComment = environment.requireComments && !comment.trim();
  const submit = () =>
    save.mutate({
      params: {
        path: {
          projectKey,
          environmentKey: environment.key,
          contextKind: part.kind,
          contextKey: part.key,
          featureFlagKey: flag.key,
        },
      },
      body: {
        setting: choice === NONE ? null : flag.variations[Number(choice)]?.value,
        comment: comment.trim() || undefined,
      },
    });
  return (
    <FormDialog
      title={targetTexts.title(flag.name)}
      action={commonTexts.save}
      isBusy={save.isPending}
      isReady={!isWithoutComment && choice !== (present === undefined ? NONE : String(present))}
      problem={remainingFault(save.error)}
      onSubmit={submit}
      onClose={onClose}
    >
      <Text size="sm">{targetTexts.about(`${part.kind} ${part.key}`, environment.name)}</Text>
      {parts.length > 1 && (
        <Select
          label={targetTexts.who}
          data={parts.map(({ kind, key }, at) => ({ value: String(at), label: `${kind} ${key}` }))}
          value={String(place)}
          onChange={(at) => {
            setPlace(Number(at));
            setChosen(undefined);
          }}
          allowDeselect={false}
        />
      )}
      <Radio.Group label={targetTexts.serve} value={choice} onChange={setChosen}>
        <Stack gap="xs" mt={4}>
          {flag.variations.map((variation, at) => (
            <Radio key={variation._id} value={String(at)} label={variationName(variation)} />
          ))}
          <Radio value={NONE} label={targetTexts.none} />
        </Stack>
      </Radio.Group>
      {configuration && !configuration.on && (
        <Text size="sm" c="dimmed">
          {targetTexts.off}
        </Text>
      )}
      <Textarea
        label={commonTexts.comment}
        description={environment.requireComments ? targetTexts.commentRequired : undefined}
        required={environment.requireComments}
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
        autosize
      />
    </FormDialog>
  );
}
