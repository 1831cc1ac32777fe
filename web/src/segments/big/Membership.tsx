// Whether one key is on the list.
import { Button, Group, Stack, Text, TextInput, Title } from "@mantine/core";
import { useState } from "react";
import { api, type Schemas } from "../../api/client.ts";
import { Loaded } from "../../parts/Loaded.tsx";
import { usePlace } from "../../shell/place.ts";
import { bigSegmentTexts } from "../../texts/segments.ts";

export function Membership({ segmentKey }: { segmentKey: string }) {
  const { projectKey, environment } = usePlace();
  const [key, setKey] = useState("");
  const [asked, setAsked] = useState("");
  const membership = api.useQuery(
    "get",
    "/api/v2/segments/{projectKey}/{environmentKey}/{segmentKey}/contexts/{contextKey}",
    {
      params: { path: { projectKey, environmentKey: environment.key, segmentKey, contextKey: asked } },
    },
    { enabled: asked !== "" },
  );
  const texts = bigSegmentTexts;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(key.trim());
      }}
    >
      <Stack gap="xs">
        <Title order={3} fz="md">
          {texts.check}
        </Title>
        <Group align="flex-end">
          <TextInput
            label={texts.key}
            value={key}
            onChange={(event) => setKey(event.currentTarget.value)}
            autoComplete="off"
            w={280}
            maw="100%"
          />
          <Button type="submit" variant="default" disabled={!key.trim()}>
            {texts.ask}
          </Button>
        </Group>
        {asked && (
          <Loaded query={membership} height={22}>
            {(found) => (
              <Text size="sm" fw={600} role="status">
                {answer(found)}
              </Text>
            )}
          </Loaded>
        )}
      </Stack>
    </form>
  );
}

function answer({ userKey, included, excluded }: Schemas["MembershipShape"]): string {
  // Whom the list names, it keeps even if it is kept out by name too.
  if (included) return bigSegmentTexts.isIncluded(userKey);
  return excluded ? bigSegmentTexts.isExcluded(userKey) : bigSegmentTexts.isNeither(userKey);
}
