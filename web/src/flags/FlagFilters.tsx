// What one looks for among the flags of a project.
import { Group, Select } from "@mantine/core";
import { api } from "../api/client.ts";
import { SearchField } from "../parts/SearchField.tsx";
import { oneOf } from "../shell/search.ts";
import { flagListTexts } from "../texts/flags.ts";
import { type FlagListSearch, LIFETIMES, STATES } from "./flagFilter.ts";

interface Props {
  search: FlagListSearch;
  onChange: (search: Partial<FlagListSearch>) => void;
}

export function FlagFilters({ search, onChange }: Props) {
  const texts = flagListTexts;
  // Archived flags' tags too: one may look for those.
  const tags = api.useQuery("get", "/api/v2/tags", {
    params: { query: { kind: ["flag"], archived: true, limit: 1000 } },
  });
  const known = tags.data?.items ?? [];
  const clear = { "aria-label": texts.clearOne };
  return (
    <Group gap="sm">
      <SearchField label={texts.search} value={search.query} onChange={(query) => onChange({ query })} />
      <Select
        aria-label={texts.state}
        placeholder={texts.anyState}
        data={STATES.map((state) => ({ value: state, label: texts.states[state] }))}
        value={search.state ?? null}
        onChange={(state) => onChange({ state: oneOf(state, STATES) })}
        clearable
        clearButtonProps={clear}
        w={{ base: "100%", sm: 190 }}
      />
      <Select
        aria-label={texts.type}
        placeholder={texts.anyType}
        data={LIFETIMES.map((type) => ({ value: type, label: texts.types[type] }))}
        value={search.type ?? null}
        onChange={(type) => onChange({ type: oneOf(type, LIFETIMES) })}
        clearable
        clearButtonProps={clear}
        w={{ base: "100%", sm: 190 }}
      />
      <Select
        aria-label={texts.tag}
        placeholder={texts.anyTag}
        data={search.tag && !known.includes(search.tag) ? [search.tag, ...known] : known}
        value={search.tag ?? null}
        onChange={(tag) => onChange({ tag: tag ?? undefined })}
        searchable
        clearable
        clearButtonProps={clear}
        nothingFoundMessage={texts.noTag}
        w={{ base: "100%", sm: 190 }}
      />
    </Group>
  );
}
