// Which applications insights are about. The choice stands in the address.
import { MultiSelect } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { usePlace } from "../shell/place.ts";
import { overviewTexts } from "../texts/insights.ts";
import { useKnownApplications } from "./useKnownApplications.ts";

/** The applications of the address; none means all. */
export function useApplications(): readonly string[] {
  return useSearch({ from: "/projects/$projectKey" }).application ?? [];
}

export function ApplicationFilter() {
  const { environment } = usePlace();
  const navigate = useNavigate();
  const chosen = useApplications();
  const known = useKnownApplications(environment.key);
  return (
    <MultiSelect
      aria-label={overviewTexts.applications}
      placeholder={chosen.length ? undefined : overviewTexts.allApplications}
      data={[...new Set([...known, ...chosen])].sort()}
      value={[...chosen]}
      searchable
      clearable
      w={{ base: "100%", sm: 280 }}
      onChange={(keys) =>
        navigate({ to: ".", search: (now) => ({ ...now, application: keys.length ? keys : undefined }) })
      }
    />
  );
}
