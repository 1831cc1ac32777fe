// What one flag serves this context by name, before any rule is asked.
import { Alert, Button, Group, Modal, Radio, Select, Stack, Text, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { api, type Schemas } from "../../api/client.ts";
import { explain } from "../../api/errors.ts";
import { usePlace } from "../../shell/place.ts";
import { commonTexts } from "../../texts/common.ts";
import { targetTexts } from "../../texts/contexts.ts";
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
  const submit = (event: FormEvent) => {
    event.preventDefault();
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
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={targetTexts.title(flag.name)}
      closeButtonProps={{ "aria-label": commonTexts.close }}
    >
      <form onSubmit={submit}>
        <Stack>
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
            label={targetTexts.comment}
            description={environment.requireComments ? targetTexts.commentRequired : undefined}
            required={environment.requireComments}
            value={comment}
            onChange={(event) => setComment(event.currentTarget.value)}
            autosize
          />
          {save.isError && (
            <Alert color="red" title={commonTexts.errors.notSaved}>
              {explain(save.error)}
            </Alert>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {commonTexts.cancel}
            </Button>
            <Button
              type="submit"
              loading={save.isPending}
              disabled={isWithoutComment || choice === (present === undefined ? NONE : String(present))}
            >
              {commonTexts.save}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
