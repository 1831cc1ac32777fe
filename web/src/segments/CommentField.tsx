// Why something is changed: kept in the history, for whoever wonders later. Some environments ask for it.
import { Textarea } from "@mantine/core";
import { usePlace } from "../shell/place.ts";
import { commonTexts } from "../texts/everywhere.ts";
import { saveTexts } from "../texts/saving.ts";

export function CommentField({ value, onChange }: { value: string; onChange: (comment: string) => void }) {
  const { environment } = usePlace();
  return (
    <Textarea
      label={commonTexts.comment}
      description={environment.requireComments ? saveTexts.commentRequired : saveTexts.commentHint}
      required={environment.requireComments}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      autosize
    />
  );
}
