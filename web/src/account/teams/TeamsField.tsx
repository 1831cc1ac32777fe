// A choice of teams. It takes no place where there is none.
import { MultiSelect } from "@mantine/core";
import { peopleTexts, memberTexts as texts } from "../../texts/account.ts";
import { useDropdown } from "../useDropdown.ts";
import { useTeamNames } from "./team.ts";

interface Props {
  /** Keys. */
  value: readonly string[];
  onChange: (keys: string[]) => void;
}

export function TeamsField({ value, onChange }: Props) {
  const teams = useTeamNames();
  const { close, ...dropdown } = useDropdown();
  if (teams.length === 0) return null;
  return (
    <MultiSelect
      label={texts.teams}
      description={texts.teamsHint}
      data={teams}
      value={[...value]}
      onChange={(chosen) => {
        onChange(chosen);
        close();
      }}
      {...dropdown}
      searchable
      clearable
      clearButtonProps={{ "aria-label": peopleTexts.clear }}
      hidePickedOptions
    />
  );
}
