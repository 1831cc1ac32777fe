// With which other contexts this one was evaluated. Choosing a combination shows what it gets.
import { List, Text, Title } from "@mantine/core";
import { api } from "../api/client.ts";
import { TextLink } from "../parts/links.tsx";
import { usePlace } from "../shell/place.ts";
import { contextTexts } from "../texts/contexts.ts";
import { nameOf, type Part, partsOf } from "./documents.ts";

const LIMIT = 10;

export function Instances({ part: { kind, key } }: { part: Part }) {
  const { projectKey, environment } = usePlace();
  const instances = api.useQuery(
    "post",
    "/api/v2/projects/{projectKey}/environments/{environmentKey}/context-instances/search",
    {
      params: { path: { projectKey, environmentKey: environment.key } },
      body: { limit: LIMIT, filter: `kindKeys contains [${JSON.stringify(`${kind}:${key}`)}]` },
    },
  );
  const combined = (instances.data?.items ?? []).filter(({ context }) => partsOf(context).length > 1);
  if (combined.length === 0) return null;
  return (
    <section aria-labelledby="instances">
      <Title order={2} fz="h5" mb={4} id="instances">
        {contextTexts.instances}
      </Title>
      <Text size="sm" c="dimmed" mb={4}>
        {contextTexts.instancesAbout}
      </Text>
      <List size="sm">
        {combined.map(({ id, applicationId, context }) => (
          <List.Item key={id + applicationId}>
            <TextLink
              to="/projects/$projectKey/contexts/$kind/$contextKey"
              params={{ projectKey, kind, contextKey: key }}
              search={(now) => ({ ...now, context })}
            >
              {partsOf(context)
                .filter((each) => each.kind !== kind)
                .map((each) => `${each.kind} ${nameOf(each)}`)
                .join(", ")}
            </TextLink>
          </List.Item>
        ))}
      </List>
    </section>
  );
}
