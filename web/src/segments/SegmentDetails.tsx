// What a segment is called and what for.
import { Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { faultOf, remainingFault } from "../api/faults.ts";
import { FormDialog } from "../parts/FormDialog.tsx";
import { areTags, TagsField } from "../parts/TagsField.tsx";
import { usePlace } from "../shell/place.ts";
import { commonTexts } from "../texts/everywhere.ts";
import { segmentTexts } from "../texts/segments.ts";
import { CommentField } from "./CommentField.tsx";
import type { Segment } from "./editing/draft.ts";
import { useSegmentPatch } from "./useSegmentPatch.ts";

export function SegmentDetails({ segment, onClose }: { segment: Segment; onClose: () => void }) {
  const { environment } = usePlace();
  const [name, setName] = useState(segment.name);
  const [description, setDescription] = useState(segment.description);
  const [tags, setTags] = useState(segment.tags);
  const [comment, setComment] = useState("");
  const { instruct, error, isBusy } = useSegmentPatch(segment.key, segmentTexts.detailsSaved, onClose);
  const added = tags.filter((tag) => !segment.tags.includes(tag));
  const removed = segment.tags.filter((tag) => !tags.includes(tag));
  const instructions = [
    ...(name.trim() === segment.name ? [] : [{ kind: "updateName", value: name.trim() }]),
    ...(description === segment.description ? [] : [{ kind: "updateDescription", value: description }]),
    ...(removed.length ? [{ kind: "removeTags", values: removed }] : []),
    ...(added.length ? [{ kind: "addTags", values: added }] : []),
  ];
  return (
    <FormDialog
      title={segmentTexts.detailsTitle}
      action={commonTexts.save}
      isBusy={isBusy}
      isReady={
        instructions.length > 0 &&
        name.trim() !== "" &&
        areTags(tags) &&
        (comment.trim() !== "" || !environment.requireComments)
      }
      problem={remainingFault(error)}
      onSubmit={() => instruct(instructions, comment)}
      onClose={onClose}
    >
      <TextInput
        label={commonTexts.name}
        required
        maxLength={256}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={faultOf(error, "name")}
        data-autofocus
      />
      <Textarea
        label={commonTexts.description}
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
        autosize
      />
      <TagsField kind="segment" value={tags} onChange={setTags} />
      <CommentField value={comment} onChange={setComment} />
    </FormDialog>
  );
}
