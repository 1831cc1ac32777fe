// What a team shares: custom roles, and the attributes that these are filled in with.
import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { whyNot } from "../../api/access.ts";
import { faultOf, remainingFault } from "../../api/faults.ts";
import { TextLink } from "../../parts/links.tsx";
import { Section } from "../../parts/Section.tsx";
import { peopleTexts, teamTexts as texts } from "../../texts/account.ts";
import { commonTexts } from "../../texts/everywhere.ts";
import { AttributesField } from "../people/AttributesField.tsx";
import { areSame, attributeDrafts, attributesOf, faultOfAttributes } from "../people/attributes.ts";
import { RoleBadges } from "../people/RoleBadges.tsx";
import { CustomRolesField } from "../people/RoleChoice.tsx";
import { type Instruction, roleInstructions } from "./instructions.ts";
import { type Team, useTeamChange } from "./team.ts";

export function TeamRights({ team }: { team: Team }) {
  const before = (team.roles?.items ?? []).map(({ key }) => key);
  const [roles, setRoles] = useState(before);
  const [attributes, setAttributes] = useState(() => attributeDrafts(team.roleAttributes));
  const { change, isBusy, error } = useTeamChange(team.key, texts.saved, true);
  const now = attributesOf(attributes);
  const instructions: Instruction[] = [
    ...roleInstructions(before, roles),
    ...(areSame(now, team.roleAttributes ?? {}) ? [] : [{ kind: "replaceRoleAttributes", value: now }]),
  ];
  const fault = faultOfAttributes(attributes);
  const problem = remainingFault(error, "roleAttributes");
  const whyNoRoles = whyNot(team._access, "updateTeamCustomRoles");
  const whyNoAttributes = whyNot(team._access, "updateTeamRoleAttributes");
  return (
    <Section title={texts.rights}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          change(instructions);
        }}
      >
        <Stack>
          {whyNoRoles ? (
            <ToRead title={peopleTexts.customRoles} why={whyNoRoles}>
              <RoleBadges customRoles={before} />
            </ToRead>
          ) : (
            <CustomRolesField value={roles} onChange={setRoles} description={texts.rolesAbout} />
          )}
          {whyNoAttributes ? (
            <ToRead title={peopleTexts.attributes} why={whyNoAttributes}>
              {Object.entries(team.roleAttributes ?? {}).map(([name, values]) => (
                <Text key={name} size="sm">
                  {name}: {values.join(", ")}
                </Text>
              ))}
            </ToRead>
          ) : (
            <AttributesField
              value={attributes}
              onChange={setAttributes}
              error={fault || faultOf(error, "roleAttributes")}
            />
          )}
          <Projects team={team} />
          {problem && (
            <Alert color="red" title={commonTexts.errors.notSaved}>
              {problem}
            </Alert>
          )}
          {!(whyNoRoles && whyNoAttributes) && (
            <Group>
              <Button type="submit" disabled={instructions.length === 0 || fault !== ""} loading={isBusy}>
                {texts.saveRights}
              </Button>
            </Group>
          )}
        </Stack>
      </form>
    </Section>
  );
}

interface ToReadProps {
  title: string;
  why: string;
  children: ReactNode;
}

function ToRead({ title, why, children }: ToReadProps) {
  return (
    <div>
      <Text size="sm" fw={600}>
        {title}
      </Text>
      <Text size="xs" c="dimmed">
        {why}
      </Text>
      {children}
    </div>
  );
}

function Projects({ team }: { team: Team }) {
  const projects = team.projects?.items ?? [];
  return (
    <div>
      <Text size="sm" fw={600}>
        {texts.projects}
      </Text>
      <Group gap="sm">
        {projects.length === 0 && <Text size="sm">{texts.noProjects}</Text>}
        {projects.map(({ key, name }) => (
          <TextLink key={key} to="/projects/$projectKey/overview" params={{ projectKey: key }} size="sm">
            {name}
          </TextLink>
        ))}
      </Group>
    </div>
  );
}
