// The pages of a flag: links, since each has an address of its own.
import { Link, useLocation } from "@tanstack/react-router";
import { flagTexts } from "../texts/flags.ts";
import classes from "./FlagTabs.module.css";

const TABS = [
  { page: "targeting", to: "/projects/$projectKey/flags/$flagKey/targeting" },
  { page: "variations", to: "/projects/$projectKey/flags/$flagKey/variations" },
  { page: "insights", to: "/projects/$projectKey/flags/$flagKey/insights" },
  { page: "history", to: "/projects/$projectKey/flags/$flagKey/history" },
  { page: "codeReferences", to: "/projects/$projectKey/flags/$flagKey/code-references" },
  { page: "settings", to: "/projects/$projectKey/flags/$flagKey/settings" },
] as const;

export function FlagTabs(params: { projectKey: string; flagKey: string }) {
  return (
    <nav aria-label={flagTexts.pagesOf} className={classes.tabs}>
      {TABS.map(({ page, to }) => (
        <Link key={page} to={to} params={params} className={classes.tab}>
          {flagTexts.pages[page]}
        </Link>
      ))}
    </nav>
  );
}

/** What the page that is open is called; an empty text on the way to one. */
export function useTabName(): string {
  const last = useLocation({ select: ({ pathname }) => pathname.split("/").pop() });
  const tab = TABS.find(({ to }) => to.endsWith(`/${last}`));
  return tab ? flagTexts.pages[tab.page] : "";
}
