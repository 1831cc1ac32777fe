// The list of projects: where each leads, and what can be done with it.
import { Badge, Group, Stack, Text } from "@mantine/core";
import { Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { whyNot } from "../api/access.ts";
import type { Schemas } from "../api/client.ts";
import { type Column, DataTable } from "../parts/DataTable.tsx";
import { IconAction } from "../parts/IconAction.tsx";
import { TextLink } from "../parts/links.tsx";
import { projectListTexts as texts } from "../texts/projects.ts";
import { DeleteProjectDialog, EditProjectDialog } from "./ProjectDialogs.tsx";
import { environmentNames } from "./projects.ts";

export type Project = Schemas["ProjectShape"];

const NAMES_SHOWN = 4;

export function ProjectTable({ projects, isLast }: { projects: readonly Project[]; isLast: boolean }) {
  const [edited, setEdited] = useState<Project>();
  const [doomed, setDoomed] = useState<Project>();
  const columns: Column<Project>[] = [
    { title: texts.columns.name, isEssential: true, cell: (project) => <ProjectName project={project} /> },
    { title: texts.columns.environments, cell: (project) => <Environments project={project} /> },
    { title: texts.columns.tags, cell: ({ tags }) => <Tags tags={tags} /> },
    {
      title: texts.columns.actions,
      isEssential: true,
      cell: (project) => (
        <Group gap={4} wrap="nowrap">
          <IconAction
            label={texts.edit(project.name)}
            icon={Pencil}
            why={whyNot(project._access, "updateProjectName") && whyNot(project._access, "updateTags")}
            onClick={() => setEdited(project)}
          />
          <IconAction
            label={texts.remove(project.name)}
            icon={Trash2}
            color="red"
            why={whyNot(project._access, "deleteProject") || (isLast ? texts.last : "")}
            onClick={() => setDoomed(project)}
          />
        </Group>
      ),
    },
  ];
  return (
    <>
      <DataTable caption={texts.title} columns={columns} rows={projects} idOf={({ key }) => key} />
      {edited && <EditProjectDialog project={edited} onClose={() => setEdited(undefined)} />}
      {doomed && <DeleteProjectDialog project={doomed} onClose={() => setDoomed(undefined)} />}
    </>
  );
}

function ProjectName({ project }: { project: Project }) {
  const params = { projectKey: project.key };
  return (
    <Stack gap={2} align="flex-start">
      <TextLink to="/projects/$projectKey/overview" params={params} search={{}} fw={600}>
        {project.name}
      </TextLink>
      <Group gap="xs">
        <span className="key">{project.key}</span>
        <TextLink
          to="/projects/$projectKey/setup"
          params={params}
          search={{}}
          size="sm"
          aria-label={texts.setUpOf(project.name)}
        >
          {texts.setUp}
        </TextLink>
      </Group>
    </Stack>
  );
}

function Environments({ project }: { project: Project }) {
  const names = environmentNames(project.environments);
  const shown = names.slice(0, NAMES_SHOWN).join(", ");
  const rest = names.length - NAMES_SHOWN;
  return <Text size="sm">{rest > 0 ? `${shown} ${texts.more(rest)}` : shown}</Text>;
}

export function Tags({ tags }: { tags: readonly string[] }) {
  return (
    <Group gap={4}>
      {tags.map((tag) => (
        <Badge key={tag} color="gray" variant="light" tt="none">
          {tag}
        </Badge>
      ))}
    </Group>
  );
}
