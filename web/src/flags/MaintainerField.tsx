// Who looks after a flag: a member or a team, searched by name.
import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { api } from "../api/client.ts";
import { flagSettingsTexts } from "../texts/flagSettings.ts";
import { memberName } from "./names.ts";

interface Props {
  /** "member:ID" or "team:KEY"; empty for nobody. */
  value: string;
  /** How the present one is called, who need not be among those found. */
  name: string;
  onChange: (value: string, name: string) => void;
}

const LIMIT = 20;

export function MaintainerField({ value, name, onChange }: Props) {
  const texts = flagSettingsTexts;
  const [search, setSearch] = useState("");
  const isSearching = search !== "" && search !== name;
  const { members, teams } = useFound(isSearching ? search : "");
  const isFound = [...members, ...teams].some((option) => option.value === value);
  // The present one has to be among the options to be called by its name.
  const present = value && !isFound ? [{ value, label: name }] : [];
  const isTeam = value.startsWith("team:");
  return (
    <Select
      label={texts.maintainer}
      description={texts.maintainerHint}
      placeholder={texts.nobody}
      data={[
        { group: texts.members, items: isTeam ? members : [...present, ...members] },
        { group: texts.teams, items: isTeam ? [...present, ...teams] : teams },
      ]}
      // The server has searched already, in more than names.
      filter={({ options }) =>
        options.map((option) =>
          "group" in option && isSearching
            ? { ...option, items: option.items.filter((each) => each.value !== present[0]?.value) }
            : option,
        )
      }
      value={value || null}
      onChange={(chosen, option) => onChange(chosen ?? "", option?.label ?? "")}
      searchable
      onSearchChange={setSearch}
      allowDeselect={false}
      clearable
      clearButtonProps={{ "aria-label": texts.clearMaintainer }}
      nothingFoundMessage={texts.nobodyFound}
    />
  );
}

function useFound(search: string) {
  // Commas and colons separate the parts of a filter.
  const [text] = useDebouncedValue(search.replace(/[,:]/g, " ").trim(), 250);
  const params = { params: { query: { limit: LIMIT, filter: text ? `query:${text}` : undefined } } };
  const members = api.useQuery("get", "/api/v2/members", params, { placeholderData: (before) => before });
  const teams = api.useQuery("get", "/api/v2/teams", params, { placeholderData: (before) => before });
  return {
    members: (members.data?.items ?? []).map((each) => ({
      value: `member:${each._id}`,
      label: memberName(each),
    })),
    teams: (teams.data?.items ?? []).map((each) => ({ value: `team:${each.key}`, label: each.name })),
  };
}
