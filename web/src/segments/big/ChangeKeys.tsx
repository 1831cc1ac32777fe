// Some keys more, or less, on one of the two lists.
import { Alert, Button, Group, SegmentedControl, Stack, Textarea, Title } from "@mantine/core";
import { useState } from "react";
import { explain } from "../../api/errors.ts";
import { keysOf } from "../../rules/keys.ts";
import { usePlace } from "../../shell/place.ts";
import { commonTexts } from "../../texts/everywhere.ts";
import { bigSegmentTexts } from "../../texts/segments.ts";
import { CommentField } from "../CommentField.tsx";
import { useSegmentPatch } from "../useSegmentPatch.ts";

const KINDS = {
  included: { add: "addBigSegmentIncludedTargets", take: "removeBigSegmentIncludedTargets" },
  excluded: { add: "addBigSegmentExcludedTargets", take: "removeBigSegmentExcludedTargets" },
};

export function ChangeKeys({ segmentKey }: { segmentKey: string }) {
  const { environment } = usePlace();
  const [text, setText] = useState("");
  const [list, setList] = useState<keyof typeof KINDS>("included");
  const [comment, setComment] = useState("");
  const { instruct, error, isBusy } = useSegmentPatch(segmentKey, bigSegmentTexts.changed, () => {
    setText("");
    setComment("");
  });
  const texts = bigSegmentTexts;
  const values = keysOf(text);
  const isReady = values.length > 0 && (comment.trim() !== "" || !environment.requireComments);
  const change = (what: "add" | "take") => instruct([{ kind: KINDS[list][what], values }], comment);
  return (
    <Stack gap="xs" align="flex-start">
      <Title order={3} fz="md">
        {texts.change}
      </Title>
      <SegmentedControl
        aria-label={texts.list}
        data={[
          { value: "included", label: texts.lists.included },
          { value: "excluded", label: texts.lists.excluded },
        ]}
        value={list}
        onChange={(chosen) => setList(chosen === "excluded" ? "excluded" : "included")}
      />
      <Textarea
        label={texts.keys}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        autosize
        minRows={2}
        maxRows={10}
        w="100%"
        maw={640}
      />
      {values.length > 0 && <CommentField value={comment} onChange={setComment} />}
      {Boolean(error) && (
        <Alert color="red" title={commonTexts.errors.notSaved}>
          {explain(error)}
        </Alert>
      )}
      <Group>
        <Button disabled={!isReady} loading={isBusy} onClick={() => change("add")}>
          {texts.add}
        </Button>
        <Button variant="default" disabled={!isReady} loading={isBusy} onClick={() => change("take")}>
          {texts.take}
        </Button>
      </Group>
    </Stack>
  );
}
