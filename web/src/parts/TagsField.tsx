// Tags, with those that others of their kind have as proposals.
import { TagsInput } from "@mantine/core";
import { api } from "../api/client.ts";
import { commonTexts } from "../texts/everywhere.ts";

interface Props {
  kind: "flag" | "segment" | "environment" | "project";
  value: readonly string[];
  onChange: (tags: string[]) => void;
  error?: string;
  disabled?: boolean;
  /** Why they cannot be changed. */
  why?: string;
}

const TAG = /^[a-zA-Z0-9_.-]{1,64}$/;

/** Whether all of them can be sent. */
export function areTags(tags: readonly string[]): boolean {
  return tags.every((tag) => TAG.test(tag));
}

export function TagsField({ kind, value, onChange, error, disabled, why }: Props) {
  const known = api.useQuery("get", "/api/v2/tags", { params: { query: { kind: [kind], limit: 1000 } } });
  return (
    <TagsInput
      label={commonTexts.tags}
      description={why || commonTexts.tagsHint}
      value={[...value]}
      onChange={onChange}
      data={known.data?.items ?? []}
      splitChars={[",", " "]}
      error={areTags(value) ? error : commonTexts.tagsHint}
      disabled={disabled || Boolean(why)}
      clearable
      clearButtonProps={{ "aria-label": commonTexts.clearTags }}
    />
  );
}
