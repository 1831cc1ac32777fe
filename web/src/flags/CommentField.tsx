// Why something is changed: kept in the history, for whoever wonders later.
import { Textarea } from "@mantine/core";
import { commonTexts } from "../texts/everywhere.ts";
import { editingTexts } from "../texts/flagEditing.ts";

export function CommentField({ value, onChange }: { value: string; onChange: (comment: string) => void }) {
  return (
    <Textarea
      label={commonTexts.comment}
      description={editingTexts.commentHint}
      autosize
      minRows={1}
      maxRows={6}
      maxLength={10_000}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
