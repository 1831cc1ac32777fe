// Where code mentions the flag, and when the last mention went.
import { Stack, Text } from "@mantine/core";
import { api, type Schemas } from "../api/client.ts";
import { Ago } from "../parts/Ago.tsx";
import { Command } from "../parts/Command.tsx";
import { type Column, DataTable } from "../parts/DataTable.tsx";
import { Empty } from "../parts/Empty.tsx";
import { Loaded } from "../parts/Loaded.tsx";
import { Section } from "../parts/Section.tsx";
import { usePlace } from "../shell/place.ts";
import { codeReferenceTexts } from "../texts/flagUse.ts";
import { CodeRepository } from "./CodeRepository.tsx";
import { findCommand } from "./codeReferences.ts";
import { useFlag } from "./flag.ts";

type Repository = Schemas["CodeRepositoryShape"];
type Extinction = Schemas["ExtinctionShape"];

const REVISION = 10;

export function CodeReferencesPage() {
  const { projectKey } = usePlace();
  const { key } = useFlag();
  const repositories = api.useQuery("get", "/api/v2/code-refs/repositories", {
    params: {
      query: {
        withBranches: "true",
        withReferencesForDefaultBranch: "true",
        projKey: projectKey,
        flagKey: key,
      },
    },
  });
  return (
    <Stack gap="xl">
      <Section title={codeReferenceTexts.title} about={codeReferenceTexts.about}>
        <Loaded query={repositories} height={400}>
          {({ items }) => (items.length ? <Repositories repositories={items} /> : <NotScanned />)}
        </Loaded>
      </Section>
      <Extinctions />
    </Stack>
  );
}

function mentions({ branches = [] }: Repository): boolean {
  return branches.some(({ references = [] }) => references.length > 0);
}

function Repositories({ repositories }: { repositories: readonly Repository[] }) {
  const texts = codeReferenceTexts;
  const mentioning = repositories.filter(mentions);
  // Branches that are not the default one may mention it all the same: those repositories can be looked into too.
  const others = repositories.filter((each) => !mentions(each));
  return (
    <Stack>
      {mentioning.length === 0 && <Empty title={texts.nowhere}>{texts.nowhereText}</Empty>}
      {mentioning.map((repository) => (
        <CodeRepository key={repository.name} repository={repository} />
      ))}
      {others.length > 0 && (
        <details>
          <Text component="summary" size="sm" style={{ cursor: "pointer" }}>
            {texts.without(others.map(({ name }) => name).join(", "))}
          </Text>
          <Stack mt="sm">
            {others.map((repository) => (
              <CodeRepository key={repository.name} repository={repository} />
            ))}
          </Stack>
        </details>
      )}
    </Stack>
  );
}

function NotScanned() {
  const { projectKey } = usePlace();
  const texts = codeReferenceTexts;
  return (
    <Empty title={texts.empty}>
      <p>{texts.emptyText}</p>
      <Command label={texts.command}>{findCommand(location.origin, projectKey)}</Command>
      <p>{texts.token}</p>
    </Empty>
  );
}

function Extinctions() {
  const { projectKey } = usePlace();
  const { key } = useFlag();
  const texts = codeReferenceTexts;
  const extinctions = api.useQuery("get", "/api/v2/code-refs/extinctions", {
    params: { query: { projKey: projectKey, flagKey: key } },
  });
  const found = extinctions.data?.items[key] ?? [];
  if (!found.length) return null;
  const columns: Column<Extinction>[] = [
    { title: texts.columns.when, isEssential: true, cell: ({ time }) => <Ago at={time} /> },
    {
      title: texts.columns.revision,
      isEssential: true,
      cell: ({ revision }) => <span className="key">{revision.slice(0, REVISION)}</span>,
    },
    { title: texts.columns.message, isEssential: true, cell: ({ message }) => message.split("\n")[0] },
  ];
  return (
    <Section title={texts.extinctions} about={texts.extinctionsAbout}>
      <DataTable
        caption={texts.extinctions}
        columns={columns}
        rows={found}
        idOf={({ revision, time }) => `${revision} ${time}`}
      />
    </Section>
  );
}
