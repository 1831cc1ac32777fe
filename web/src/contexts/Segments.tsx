// The segments that a context belongs to, and how.
import { List, Text, Title } from "@mantine/core";
import { api } from "../api/client.ts";
import { Loaded } from "../parts/Loaded.tsx";
import { TextLink } from "../parts/links.tsx";
import { usePlace } from "../shell/place.ts";
import { contextTexts } from "../texts/contexts.ts";
import { asBody, type ContextDocument } from "./documents.ts";

export function Segments({ context }: { context: ContextDocument }) {
  const { projectKey, environment } = usePlace();
  const memberships = api.useQuery(
    "post",
    "/api/v2/projects/{projectKey}/environments/{environmentKey}/segments/evaluate",
    { params: { path: { projectKey, environmentKey: environment.key } }, body: asBody(context) },
    { placeholderData: (before) => before },
  );
  return (
    <section aria-labelledby="segments">
      <Title order={2} fz="h5" mb={4} id="segments">
        {contextTexts.segments}
      </Title>
      <Loaded query={memberships} height={44}>
        {({ items }) => {
          const own = items.filter(({ isMember }) => isMember);
          if (own.length === 0) {
            return (
              <Text size="sm" c="dimmed">
                {contextTexts.noSegments}
              </Text>
            );
          }
          return (
            <List size="sm">
              {own.map(({ key, name, isIndividuallyTargeted }) => (
                <List.Item key={key}>
                  <TextLink
                    to="/projects/$projectKey/segments/$segmentKey"
                    params={{ projectKey, segmentKey: key }}
                  >
                    {name}
                  </TextLink>{" "}
                  <Text span inherit c="dimmed">
                    {isIndividuallyTargeted ? contextTexts.listed : contextTexts.byRule}
                  </Text>
                </List.Item>
              ))}
            </List>
          );
        }}
      </Loaded>
    </section>
  );
}
