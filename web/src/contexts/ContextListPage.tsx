// The contexts of an environment, found by kind and by what is said of them; and the kinds there are.
import { Tabs } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { FlaskConical } from "lucide-react";
import { ButtonLink } from "../parts/links.tsx";
import { Page } from "../parts/Page.tsx";
import { usePlace } from "../shell/place.ts";
import { contextListTexts } from "../texts/contexts.ts";
import { ContextList } from "./ContextList.tsx";
import { ContextKinds } from "./kinds/ContextKinds.tsx";

export function ContextListPage() {
  const { projectKey, environment } = usePlace();
  const { tab } = useSearch({ from: "/projects/$projectKey/contexts" });
  const navigate = useNavigate({ from: "/projects/$projectKey/contexts" });
  return (
    <Page
      title={contextListTexts.title}
      about={contextListTexts.about(environment.name)}
      actions={
        <ButtonLink
          to="/projects/$projectKey/contexts/try"
          params={{ projectKey }}
          leftSection={<FlaskConical size={16} aria-hidden />}
        >
          {contextListTexts.tryOne}
        </ButtonLink>
      }
    >
      <Tabs
        value={tab ?? "contexts"}
        onChange={(to) => navigate({ search: () => ({ tab: to === "kinds" ? "kinds" : undefined }) })}
        keepMounted={false}
      >
        <Tabs.List aria-label={contextListTexts.tabsLabel} mb="lg">
          <Tabs.Tab value="contexts">{contextListTexts.tabs.contexts}</Tabs.Tab>
          <Tabs.Tab value="kinds">{contextListTexts.tabs.kinds}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="contexts">
          <ContextList />
        </Tabs.Panel>
        <Tabs.Panel value="kinds">
          <ContextKinds />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
