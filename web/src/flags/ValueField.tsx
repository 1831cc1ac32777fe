// A variation's value, as its type is best typed.
import { Textarea, TextInput } from "@mantine/core";
import { valueTexts } from "../texts/flagEditing.ts";
import type { ValueType } from "./values.ts";

interface Props {
  type: ValueType;
  text: string;
  onChange: (text: string) => void;
  error: string | undefined;
}

export function ValueField({ type, text, onChange, error }: Props) {
  const shared = { label: valueTexts.value, value: text, error, spellCheck: false, autoComplete: "off" };
  const key = { input: "key" };
  if (type === "boolean") return <TextInput {...shared} readOnly classNames={key} />;
  if (type === "number") {
    return (
      <TextInput
        {...shared}
        inputMode="decimal"
        classNames={key}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  return (
    <Textarea
      {...shared}
      autosize
      minRows={type === "json" ? 3 : 1}
      maxRows={16}
      classNames={type === "json" ? key : {}}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
