// The name of something new, and the key that follows the name until one types another.
import { TextInput } from "@mantine/core";
import { explain, isCode } from "../api/errors.ts";
import { faultOf } from "../api/faults.ts";
import { commonTexts } from "../texts/everywhere.ts";
import { isKey, keyOf } from "./keys.ts";

export interface NameAndKeyValue {
  name: string;
  key: string;
}

interface Props {
  value: NameAndKeyValue;
  onChange: (value: NameAndKeyValue) => void;
  /** Why it was not created. That a key is taken is said beside the key. */
  error: unknown;
  placeholder?: string;
}

/** Whether there is a name, and a key that can be sent. */
export function isNamed({ name, key }: NameAndKeyValue): boolean {
  return name.trim() !== "" && isKey(key);
}

/** Whether the error is shown here. */
export function isOfNameOrKey(error: unknown): boolean {
  return isCode(error, "conflict");
}

export function NameAndKey({ value, onChange, error, placeholder }: Props) {
  const { name, key } = value;
  const isOdd = key !== "" && !isKey(key);
  const taken = isCode(error, "conflict") ? explain(error) : undefined;
  return (
    <>
      <TextInput
        label={commonTexts.name}
        placeholder={placeholder}
        required
        maxLength={256}
        value={name}
        onChange={(event) => {
          const next = event.currentTarget.value;
          onChange({ name: next, key: key === keyOf(name) ? keyOf(next) : key });
        }}
        error={faultOf(error, "name")}
        autoComplete="off"
        data-autofocus
      />
      <TextInput
        label={commonTexts.key}
        description={commonTexts.keyHint}
        required
        value={key}
        onChange={(event) => onChange({ name, key: event.currentTarget.value })}
        error={isOdd ? commonTexts.keyHint : (taken ?? faultOf(error, "key"))}
        autoComplete="off"
        spellCheck={false}
        classNames={{ input: "key" }}
      />
    </>
  );
}
