// A text to search for, that goes into the address a moment after the last key.
import { TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { Search } from "lucide-react";
import { useEffect, useState } from "react";

interface Props {
  label: string;
  value: string | undefined;
  onChange: (text: string | undefined) => void;
}

export function SearchField({ label, value = "", onChange }: Props) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const tell = useDebouncedCallback((typed: string) => onChange(typed || undefined), 300);
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={label}
      leftSection={<Search size={16} aria-hidden />}
      value={text}
      w={{ base: "100%", sm: 320 }}
      onChange={(event) => {
        setText(event.currentTarget.value);
        tell(event.currentTarget.value);
      }}
    />
  );
}
