// One change of a flag. What it made different is asked for once one wants to see it.
import { Button, Collapse, Group, Paper, Stack, Text } from "@mantine/core";
import { ChevronDown, ChevronRight } from "lucide-react";
import { useId } from "react";
import { api, type Schemas } from "../api/client.ts";
import { Ago } from "../parts/Ago.tsx";
import { Difference } from "../parts/Difference.tsx";
import { Loaded } from "../parts/Loaded.tsx";
import { instant } from "../parts/numbers.ts";
import { usePlace } from "../shell/place.ts";
import { historyTexts } from "../texts/flagHistory.ts";
import { environmentsOf, sentenceOf, wordsOf } from "./history.ts";
import { memberName } from "./names.ts";

type EntryShape = Schemas["EntryShape"];

interface Props {
  entry: EntryShape;
  isOpen: boolean;
  onOpen: (isOpen: boolean) => void;
}

export function HistoryEntry({ entry, isOpen, onOpen }: Props) {
  const { environments } = usePlace();
  const texts = historyTexts;
  const details = useId();
  const keys = environmentsOf(entry);
  const names = keys.map((key) => environments.find((each) => each.key === key)?.name ?? key);
  const title = sentenceOf(wordsOf(entry));
  return (
    <Paper component="li" withBorder p="md">
      <Stack gap={4}>
        <Group justify="space-between" align="flex-start" gap="xs">
          <Text fw={600}>
            {title}{" "}
            <Text span c="dimmed" fw={400}>
              {names.length ? texts.inEnvironments(names) : texts.inGeneral}
            </Text>
          </Text>
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={
              isOpen ? <ChevronDown size={14} aria-hidden /> : <ChevronRight size={14} aria-hidden />
            }
            aria-expanded={isOpen}
            aria-controls={isOpen ? details : undefined}
            aria-label={`${texts.whatChanged}: ${texts.of(title, instant(entry.date))}`}
            onClick={() => onOpen(!isOpen)}
          >
            {texts.whatChanged}
          </Button>
        </Group>
        <Text size="sm" c="dimmed">
          {whoDid(entry)} · <Ago at={entry.date} />
        </Text>
        {entry.comment && (
          <Text
            component="blockquote"
            size="sm"
            m={0}
            style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}
          >
            “{entry.comment}”
          </Text>
        )}
        <Collapse expanded={isOpen}>
          <div id={details} style={{ paddingTop: 8 }}>
            {isOpen && <WhatChanged id={entry._id} />}
          </div>
        </Collapse>
      </Stack>
    </Paper>
  );
}

function whoDid({ member, token, subject }: EntryShape): string {
  if (token) return historyTexts.byToken(token.name || subject.name, token.ending);
  return member ? memberName(member) : subject.name;
}

function WhatChanged({ id }: { id: string }) {
  const entry = api.useQuery("get", "/api/v2/auditlog/{id}", { params: { path: { id } } });
  return (
    <Loaded query={entry} height={120}>
      {({ previousVersion, currentVersion }) =>
        previousVersion || currentVersion ? (
          <Difference before={previousVersion} after={currentVersion} />
        ) : (
          <Text size="sm">{historyTexts.noDifference}</Text>
        )
      }
    </Loaded>
  );
}
