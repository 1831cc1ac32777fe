// What of the audit log is shown: by name, by resources, by time, by who did it.
import { Autocomplete, Button, Group, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { X } from "lucide-react";
import { useEffect, useState } from "react";
import { api } from "../../api/client.ts";
import { SearchField } from "../../parts/SearchField.tsx";
import { auditTexts as texts } from "../../texts/audit.ts";
import { nameOf } from "../people/names.ts";
import { useResources } from "../policy/proposals.ts";
import { faultOfSpecifier } from "../policy/specifiers.ts";
import { nameOfToken } from "../tokens/token.ts";
import { afterOf, beforeOf, textOfAfter, textOfBefore } from "./dates.ts";

export interface AuditFilter {
  query?: string;
  spec?: string;
  member?: string;
  token?: string;
  before?: number;
  after?: number;
}

interface Props {
  filter: AuditFilter;
  onChange: (changed: AuditFilter) => void;
}

export function AuditFilters({ filter, onChange }: Props) {
  return (
    <Group align="flex-end">
      <SearchField label={texts.search} value={filter.query} onChange={(query) => onChange({ query })} />
      <SpecifierField value={filter.spec} onChange={(spec) => onChange({ spec })} />
      <TextInput
        type="date"
        label={texts.from}
        value={textOfAfter(filter.after)}
        onChange={(event) => onChange({ after: afterOf(event.currentTarget.value) })}
      />
      <TextInput
        type="date"
        label={texts.upTo}
        value={textOfBefore(filter.before)}
        onChange={(event) => onChange({ before: beforeOf(event.currentTarget.value) })}
      />
      {filter.member && <ByMember id={filter.member} onClear={() => onChange({ member: undefined })} />}
      {filter.token && <ByToken id={filter.token} onClear={() => onChange({ token: undefined })} />}
    </Group>
  );
}

interface FieldProps {
  value: string | undefined;
  onChange: (specifier: string | undefined) => void;
}

/** Only what can be read goes into the address. */
function SpecifierField({ value = "", onChange }: FieldProps) {
  const [typed, setTyped] = useState(value);
  const proposed = useResources();
  useEffect(() => setTyped(value), [value]);
  const fault = typed.trim() ? faultOfSpecifier(typed.trim()) : "";
  const tell = useDebouncedCallback((text: string) => {
    const specifier = text.trim();
    if (specifier === "" || faultOfSpecifier(specifier) === "") onChange(specifier || undefined);
  }, 400);
  return (
    <Autocomplete
      label={texts.spec}
      placeholder={texts.specPlaceholder}
      data={proposed}
      limit={30}
      value={typed}
      onChange={(text) => {
        setTyped(text);
        tell(text);
      }}
      error={fault || undefined}
      classNames={{ input: "key" }}
      w={{ base: "100%", sm: 280 }}
    />
  );
}

interface ByProps {
  id: string;
  onClear: () => void;
}

function ByMember({ id, onClear }: ByProps) {
  const member = api.useQuery("get", "/api/v2/members/{id}", { params: { path: { id } } });
  return <By name={member.data ? nameOf(member.data) : id} onClear={onClear} />;
}

function ByToken({ id, onClear }: ByProps) {
  const token = api.useQuery("get", "/api/v2/tokens/{id}", { params: { path: { id } } });
  return <By name={token.data ? nameOfToken(token.data) : id} onClear={onClear} />;
}

function By({ name, onClear }: { name: string; onClear: () => void }) {
  return (
    <Button
      variant="light"
      rightSection={<X size={14} aria-hidden />}
      onClick={onClear}
      title={texts.byEverybody}
    >
      {texts.by(name)}
    </Button>
  );
}
