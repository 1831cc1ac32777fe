// One repository: the lines of a branch that mention the flag, where they stand.
import { Anchor, Group, Paper, Select, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import { api, type Schemas } from "../api/client.ts";
import { Ago } from "../parts/Ago.tsx";
import { Loaded } from "../parts/Loaded.tsx";
import { usePlace } from "../shell/place.ts";
import { codeReferenceTexts } from "../texts/flagUse.ts";
import { CodeHunk } from "./CodeHunk.tsx";
import { addressFrom } from "./codeReferences.ts";
import { useFlag } from "./flag.ts";

type Repository = Schemas["CodeRepositoryShape"];
type Branch = Schemas["BranchShape"];

const REVISION = 10;

export function CodeRepository({ repository }: { repository: Repository }) {
  const { name, type, sourceLink, defaultBranch, branches = [] } = repository;
  const [chosen, setChosen] = useState(defaultBranch);
  const texts = codeReferenceTexts;
  const title = texts.repository(name, type);
  const link = addressFrom(sourceLink, {});
  const choices = branches.map((branch) => ({
    value: branch.name,
    label: branch.name === defaultBranch ? texts.defaultBranch(branch.name) : branch.name,
  }));
  const known = branches.find((branch) => branch.name === chosen);
  return (
    <Paper withBorder p="md" component="section" aria-label={title}>
      <Group justify="space-between" align="flex-start" mb="sm">
        <Title order={3} fz="md" style={{ overflowWrap: "anywhere" }}>
          {link ? (
            <Anchor href={link} inherit underline="always">
              {title}
            </Anchor>
          ) : (
            title
          )}
        </Title>
        {choices.length > 0 && (
          <Select
            aria-label={texts.branch(name)}
            data={choices}
            value={chosen}
            onChange={(branch) => branch && setChosen(branch)}
            allowDeselect={false}
            searchable
          />
        )}
      </Group>
      {known?.references ? (
        <Mentions repository={repository} branch={known} />
      ) : (
        <OtherBranch repository={repository} name={chosen} />
      )}
    </Paper>
  );
}

function OtherBranch({ repository, name }: { repository: Repository; name: string }) {
  const { projectKey } = usePlace();
  const { key } = useFlag();
  const branch = api.useQuery("get", "/api/v2/code-refs/repositories/{repo}/branches/{branch}", {
    params: { path: { repo: repository.name, branch: name }, query: { projKey: projectKey, flagKey: key } },
  });
  return (
    <Loaded query={branch} height={200}>
      {(found) => <Mentions repository={repository} branch={found} />}
    </Loaded>
  );
}

function Mentions({ repository, branch }: { repository: Repository; branch: Branch }) {
  const texts = codeReferenceTexts;
  const { references = [], head, syncTime, name } = branch;
  const hunks = references.reduce((sum, each) => sum + each.hunks.length, 0);
  const commit = addressFrom(repository.commitUrlTemplate, { sha: head, branchName: name });
  const revision = texts.commit(head.slice(0, REVISION));
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        {texts.scanned} <Ago at={syncTime} />,{" "}
        {commit ? (
          <Anchor href={commit} inherit underline="always">
            {revision}
          </Anchor>
        ) : (
          revision
        )}
        {hunks > 0 && ` · ${texts.mentions(hunks, references.length)}`}
      </Text>
      {hunks === 0 && <Text size="sm">{texts.noMention}</Text>}
      {references.map(({ path, hunks: found }) => (
        <Stack key={path} gap="xs">
          <Text size="sm" fw={600} className="key">
            {path}
          </Text>
          {found.map((hunk) => (
            <CodeHunk
              key={hunk.startingLineNumber}
              hunk={hunk}
              path={path}
              template={repository.hunkUrlTemplate}
              revision={head}
            />
          ))}
        </Stack>
      ))}
    </Stack>
  );
}
