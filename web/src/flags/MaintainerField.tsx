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
  const { members, teams } = useFound(search === name ? "" : search);
  const present = value ? [{ value, label: name }] : [];
  const isPresent = (option: { value: string }) => option.value === value;
  return (
    <Select
      label={texts.maintainer}
      description={texts.maintainerHint}
      placeholder={texts.nobody}
      data={[
        {
          group: texts.members,
          items: members.some(isPresent) || value.startsWith("team:") ? members : [...present, ...members],
        },
        {
          group: texts.teams,
          items: teams.some(isPresent) || value.startsWith("member:") ? teams : [...present, ...teams],
        },
      ]}
      // The server has searched already, in more than names.
      filter={({ options }) => options}
      value={value || null}
      onChange={(chosen, option) => onChange(chosen ?? "", option?.label ?? "")}
      searchable
      onSearchChange={setSearch}
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
