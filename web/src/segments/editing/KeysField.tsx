// Keys of contexts of one kind: as labels while they are few, as a text when they are many.
import { TagsInput, Textarea } from "@mantine/core";
import { useEffect, useState } from "react";
import { segmentTexts } from "../../texts/segments.ts";
import { keysOf } from "./draft.ts";

// More labels than that help nobody, and take long to draw.
const MOST_LABELS = 100;

interface Props {
  kind: string;
  values: readonly string[];
  onChange: (values: string[]) => void;
  isReadOnly: boolean;
}

export function KeysField({ kind, values, onChange, isReadOnly }: Props) {
  const label = segmentTexts.keysOf(kind, values.length);
  if (values.length > MOST_LABELS) {
    return <ManyKeys label={label} values={values} onChange={onChange} isReadOnly={isReadOnly} />;
  }
  return (
    <TagsInput
      label={label}
      placeholder={values.length || isReadOnly ? undefined : segmentTexts.keysHint}
      value={[...values]}
      onChange={(keys) => onChange(keysOf(keys.join("\n")))}
      splitChars={[",", ";", "\n", "\t"]}
      acceptValueOnBlur
      readOnly={isReadOnly}
    />
  );
}

/** The keys are those of the text when one leaves it, so that a line can be typed in peace. */
function ManyKeys({ label, values, onChange, isReadOnly }: Omit<Props, "kind"> & { label: string }) {
  const whole = values.join("\n");
  const [text, setText] = useState(whole);
  useEffect(() => setText(whole), [whole]);
  return (
    <Textarea
      label={label}
      description={segmentTexts.manyHint}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => text !== whole && onChange(keysOf(text))}
      rows={10}
      readOnly={isReadOnly}
    />
  );
}
