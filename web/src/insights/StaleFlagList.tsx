// Stale flags, each with why it is stale and the way to be rid of it.
import { Button, Stack, Text } from "@mantine/core";
import { Archive } from "lucide-react";
import { Ago } from "../parts/Ago.tsx";
import { type Column, DataTable } from "../parts/DataTable.tsx";
import { TextLink } from "../parts/links.tsx";
import { ago } from "../parts/numbers.ts";
import { usePlace } from "../shell/place.ts";
import { flagHealthTexts } from "../texts/deliveries.ts";
import { maintainerOf, type StaleFlag } from "./staleness.ts";

interface Props {
  caption: string;
  flags: readonly StaleFlag[];
  onArchive: (flag: StaleFlag) => void;
}

export function StaleFlagList({ caption, flags, onArchive }: Props) {
  const texts = flagHealthTexts.columns;
  const columns: Column<StaleFlag>[] = [
    { title: texts.flag, isEssential: true, cell: (each) => <Named stale={each} /> },
    { title: texts.why, cell: (each) => <Why stale={each} /> },
    { title: texts.maintainer, cell: (each) => maintainerOf(each) ?? flagHealthTexts.nobody },
    { title: texts.created, cell: ({ flag }) => flag && <Ago at={flag.creationDate} /> },
    {
      title: texts.act,
      isEssential: true,
      cell: (each) =>
        each.flag && (
          <Button
            size="xs"
            variant="default"
            leftSection={<Archive size={14} aria-hidden />}
            aria-label={flagHealthTexts.archiveOf(each.flag.name)}
            onClick={() => onArchive(each)}
          >
            {flagHealthTexts.archive}
          </Button>
        ),
    },
  ];
  return <DataTable caption={caption} columns={columns} rows={flags} idOf={({ key }) => key} />;
}

function Named({ stale }: { stale: StaleFlag }) {
  const { projectKey } = usePlace();
  return (
    <Stack gap={2} align="flex-start">
      <TextLink
        to="/projects/$projectKey/flags/$flagKey/targeting"
        params={{ projectKey, flagKey: stale.key }}
        fw={600}
      >
        {stale.flag?.name ?? stale.key}
      </TextLink>
      <span className="key">{stale.key}</span>
      <Text size="sm" hiddenFrom="sm" component="div">
        <Why stale={stale} />
      </Text>
    </Stack>
  );
}

function Why({ stale: { flag, status } }: { stale: StaleFlag }) {
  const { environment } = usePlace();
  if (!flag || !status) return flagHealthTexts.notVisible;
  const when = (at: number | string | undefined) => at && ago(new Date(at).getTime(), Date.now());
  if (status.name === "launched") {
    return flagHealthTexts.launched(when(flag.environments?.[environment.key]?.lastModified) || "");
  }
  const asked = when(status.lastRequested);
  return asked ? flagHealthTexts.inactive(asked) : flagHealthTexts.neverAsked;
}
