// The project that was looked at last, kept by the browser.
import { api } from "../api/client.ts";

const NAME = "daybreak-project";

export const lastProject = {
  read: (): string | null => localStorage.getItem(NAME),
  keep: (key: string): void => localStorage.setItem(NAME, key),
};

/** The projects that can be chosen, and the one that is meant where the address names none. */
export function useProjects() {
  const projects = api.useQuery("get", "/api/v2/projects", { params: { query: { limit: 100 } } });
  const items = projects.data?.items ?? [];
  return { items, lastKey: items.find(({ key }) => key === lastProject.read())?.key };
}
