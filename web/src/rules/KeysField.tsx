// Keys of contexts: as labels while they are few, as a text when they are many.
import { TagsInput, Textarea } from "@mantine/core";
import { useEffect, useState } from "react";
import { ruleTexts } from "../texts/rules.ts";
import { keysOf } from "./keys.ts";

// More labels than that help nobody, and take long to draw.
const MOST_LABELS = 100;

interface Props {
  label: string;
  values: readonly string[];
  onChange: (values: string[]) => void;
  isReadOnly: boolean;
}

export function KeysField({ label, values, onChange, isReadOnly }: Props) {
  if (values.length > MOST_LABELS) {
    return <ManyKeys label={label} values={values} onChange={onChange} isReadOnly={isReadOnly} />;
  }
  return (
    <TagsInput
      label={label}
      placeholder={values.length || isReadOnly ? undefined : ruleTexts.fields.keysHint}
      value={[...values]}
      onChange={(keys) => onChange(keysOf(keys.join("\n")))}
      splitChars={[",", ";", "\n", "\t"]}
      acceptValueOnBlur
      readOnly={isReadOnly}
    />
  );
}

/** The keys are those of the text when one leaves it, so that a line can be typed in peace. */
function ManyKeys({ label, values, onChange, isReadOnly }: Props) {
  const whole = values.join("\n");
  const [text, setText] = useState(whole);
  useEffect(() => setText(whole), [whole]);
  return (
    <Textarea
      label={label}
      description={ruleTexts.fields.manyKeysHint}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => text !== whole && onChange(keysOf(text))}
      rows={10}
      readOnly={isReadOnly}
    />
  );
}
