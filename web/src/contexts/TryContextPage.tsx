// A context that nobody has seen: described here, with what every flag would serve it.
import { Paper, Title } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Page } from "../parts/Page.tsx";
import { usePlace } from "../shell/place.ts";
import { outcomeTexts, tryTexts } from "../texts/contexts.ts";
import { ContextEditor } from "./ContextEditor.tsx";
import { Outcome } from "./outcome/Outcome.tsx";
import { Segments } from "./Segments.tsx";

const EXAMPLE = { kind: "user", key: "somebody", country: "NL" };

export function TryContextPage() {
  const { environment } = usePlace();
  const search = useSearch({ from: "/projects/$projectKey/contexts/try" });
  const navigate = useNavigate({ from: "/projects/$projectKey/contexts/try" });
  const { context } = search;
  return (
    <Page title={tryTexts.title} about={tryTexts.about}>
      <Paper withBorder p="md">
        <ContextEditor
          key={JSON.stringify(context)}
          context={context ?? EXAMPLE}
          onSubmit={(made) => navigate({ search: (now) => ({ ...now, context: made, offset: undefined }) })}
        />
      </Paper>
      {context && (
        <>
          <section aria-labelledby="outcome">
            <Title order={2} fz="h4" mb="sm" id="outcome">
              {outcomeTexts.titleWhatIf(environment.name)}
            </Title>
            <Outcome
              context={context}
              search={search}
              onSearch={(to) => navigate({ search: (now) => ({ ...now, ...to }), replace: true })}
            />
          </section>
          <Segments context={context} />
        </>
      )}
    </Page>
  );
}
