// The choice of a project and of an environment, in the header. Both stand in the address.
import { ColorSwatch, Group, Select, Text } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { shellTexts } from "../texts/shell.ts";
import { useProjects } from "./lastProject.ts";
import type { Place } from "./place.ts";

export function ProjectChoice({ projectKey }: { projectKey: string | undefined }) {
  const navigate = useNavigate();
  const { items } = useProjects();
  return (
    <Select
      aria-label={shellTexts.project}
      data={items.map(({ key, name }) => ({ value: key, label: name }))}
      value={projectKey ?? null}
      searchable={items.length > 10}
      allowDeselect={false}
      w={{ base: 130, sm: 190 }}
      onChange={(key) =>
        key && navigate({ to: "/projects/$projectKey/overview", params: { projectKey: key }, search: {} })
      }
    />
  );
}

export function EnvironmentChoice({ place }: { place: Place }) {
  const navigate = useNavigate();
  const colours = new Map(place.environments.map(({ key, color }) => [key, `#${color}`]));
  return (
    <Select
      aria-label={shellTexts.environment}
      data={place.environments.map(({ key, name }) => ({ value: key, label: name }))}
      value={place.environment.key}
      allowDeselect={false}
      w={{ base: 130, sm: 180 }}
      leftSection={<ColorSwatch size={12} color={`#${place.environment.color}`} aria-hidden />}
      renderOption={({ option }) => (
        <Group gap="xs" wrap="nowrap">
          <ColorSwatch size={12} color={colours.get(option.value) ?? "gray"} aria-hidden />
          <Text size="sm">{option.label}</Text>
        </Group>
      )}
      onChange={(key) => key && navigate({ to: ".", search: (now) => ({ ...now, environment: key }) })}
    />
  );
}
