// A choice of members, found by name or email while one types.
import { MultiSelect } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { api } from "../../api/client.ts";
import { peopleTexts as texts } from "../../texts/account.ts";
import { filterOf } from "../filters.ts";
import { useDropdown } from "../useDropdown.ts";
import { labelOf } from "./names.ts";

interface Props {
  label: string;
  /** Ids. */
  value: readonly string[];
  onChange: (ids: string[]) => void;
  /** Who cannot be chosen, as they are there already. */
  without?: readonly string[];
  error?: string;
}

const FOUND = 20;

export function MembersField({ label, value, onChange, without = [], error }: Props) {
  const { close, ...dropdown } = useDropdown();
  const [typed, setTyped] = useState("");
  const [query] = useDebouncedValue(typed, 250);
  // Whoever is chosen keeps their name when the next ones are searched for.
  const [known, setKnown] = useState<ReadonlyMap<string, string>>(new Map());
  const found = api.useQuery(
    "get",
    "/api/v2/members",
    { params: { query: { limit: FOUND, sort: "displayName", filter: filterOf({ query }) } } },
    { placeholderData: (before) => before },
  );
  const names = new Map([
    ...known,
    ...(found.data?.items ?? []).map((each) => [each._id, labelOf(each)] as const),
  ]);
  const offered = new Set([...value, ...(found.data?.items ?? []).map(({ _id }) => _id)]);
  return (
    <MultiSelect
      label={label}
      placeholder={value.length ? undefined : texts.searchMembers}
      data={[...offered].map((id) => ({ value: id, label: names.get(id) ?? id }))}
      filter={({ options }) =>
        options.filter((option) => !("value" in option) || !without.includes(option.value))
      }
      value={[...value]}
      onChange={(ids) => {
        setKnown(names);
        onChange(ids);
        close();
      }}
      {...dropdown}
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      hidePickedOptions
      nothingFoundMessage={texts.noMemberFound}
      error={error}
    />
  );
}
