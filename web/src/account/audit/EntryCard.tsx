// One entry: who did what to which thing, and why. The difference is asked for once one wants to see it.
import { Badge, Button, Code, Collapse, Group, Paper, Stack, Text, Tooltip } from "@mantine/core";
import { ChevronDown, ChevronRight } from "lucide-react";
import { useId } from "react";
import { api } from "../../api/client.ts";
import { Difference } from "../../parts/Difference.tsx";
import { Loaded } from "../../parts/Loaded.tsx";
import { TextLink } from "../../parts/links.tsx";
import { ago, instant } from "../../parts/numbers.ts";
import { auditTexts as texts } from "../../texts/audit.ts";
import { type Author, authorOf, changesIn, type Entry, isRefusal } from "./entries.ts";
import { ThingLink } from "./ThingLink.tsx";

interface Props {
  entry: Entry;
  isOpen: boolean;
  onOpen: (isOpen: boolean) => void;
}

export function EntryCard({ entry, isOpen, onOpen }: Props) {
  const details = useId();
  const isRefused = isRefusal(entry);
  return (
    <Paper component="li" withBorder p="md">
      <Stack gap={4}>
        <Group justify="space-between" align="flex-start" gap="xs">
          <Text style={{ overflowWrap: "anywhere" }} flex="1 1 300px">
            <Who author={authorOf(entry)} /> {entry.titleVerb}{" "}
            <ThingLink entry={entry}>{entry.name}</ThingLink>
            {entry.parent?.resource && (
              <Text span c="dimmed">
                {" "}
                {texts.inParent(entry.parent.name)}
              </Text>
            )}
            {isRefused && (
              <Badge color="red" variant="light" tt="none" ml={8}>
                {texts.refused}
              </Badge>
            )}
          </Text>
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={
              isOpen ? <ChevronDown size={14} aria-hidden /> : <ChevronRight size={14} aria-hidden />
            }
            aria-expanded={isOpen}
            aria-controls={isOpen ? details : undefined}
            aria-label={`${texts.whatChanged}. ${texts.details(entry.title, instant(entry.date))}`}
            onClick={() => onOpen(!isOpen)}
          >
            {texts.whatChanged}
          </Button>
        </Group>
        <Text size="sm" c="dimmed">
          {[instant(entry.date), ago(entry.date, Date.now()), changesIn(entry)].filter(Boolean).join(" · ")}
        </Text>
        {entry.comment && <Comment text={entry.comment} isRefused={isRefused} />}
        <Collapse expanded={isOpen}>
          <div id={details} style={{ paddingTop: 8 }}>
            {isOpen && <Details id={entry._id} />}
          </div>
        </Collapse>
      </Stack>
    </Paper>
  );
}

function Who({ author }: { author: Author }) {
  const { kind, id, name, of } = author;
  if (kind === "server") {
    return (
      <Text span fw={600}>
        {name}
      </Text>
    );
  }
  return (
    <>
      <Tooltip label={texts.onlyAuthor(name)}>
        <TextLink
          to="/settings/audit-log"
          search={kind === "member" ? { member: id } : { token: id }}
          fw={600}
          c="inherit"
          underline="always"
        >
          {name}
        </TextLink>
      </Tooltip>
      {of && ` ${texts.of(of)}`}
    </>
  );
}

function Comment({ text, isRefused }: { text: string; isRefused: boolean }) {
  return (
    <Text component="blockquote" size="sm" m={0} style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
      {isRefused ? text : `“${text}”`}
    </Text>
  );
}

function Details({ id }: { id: string }) {
  const entry = api.useQuery("get", "/api/v2/auditlog/{id}", { params: { path: { id } } });
  return (
    <Loaded query={entry} height={120}>
      {({ previousVersion, currentVersion, accesses }) => (
        <Stack gap="sm">
          {previousVersion || currentVersion ? (
            <Difference before={previousVersion ?? undefined} after={currentVersion ?? undefined} />
          ) : (
            <Text size="sm">{texts.noDifference}</Text>
          )}
          {accesses.length > 0 && (
            <div>
              <Text size="sm" fw={600}>
                {texts.actions}
              </Text>
              {accesses.map(({ action, resource }) => (
                <Text key={`${action} ${resource}`} size="sm" component="div">
                  <Code>{action}</Code> <span className="key">{resource}</span>
                </Text>
              ))}
            </div>
          )}
        </Stack>
      )}
    </Loaded>
  );
}
