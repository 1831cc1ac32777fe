// What a token is for and what it may do: the form of a new one and of one that is there.
import { Select, Stack, Textarea, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { faultOf } from "../../api/faults.ts";
import { commonTexts } from "../../texts/everywhere.ts";
import { tokenTexts as texts } from "../../texts/tokens.ts";
import { CUSTOM, INLINE } from "../people/givenRole.ts";
import { RoleChoice } from "../people/RoleChoice.tsx";
import { PolicyEditor } from "../policy/PolicyEditor.tsx";
import { NEWEST, type TokenDraft, VERSIONS, versionOf } from "./token.ts";

interface Props {
  draft: TokenDraft;
  onChange: (draft: TokenDraft) => void;
  error: unknown;
  showsFaults: boolean;
  /** What only a new token asks. */
  children?: ReactNode;
}

const CHOICES = ["reader", "writer", "admin", CUSTOM, INLINE];

export function TokenFieldsForm({ draft, onChange, error, showsFaults, children }: Props) {
  return (
    <Stack gap="lg">
      <Stack maw={560}>
        <TextInput
          label={commonTexts.name}
          description={texts.nameHint}
          placeholder={texts.namePlaceholder}
          maxLength={256}
          value={draft.name}
          onChange={(event) => onChange({ ...draft, name: event.currentTarget.value })}
          error={faultOf(error, "name")}
          autoComplete="off"
        />
        <Textarea
          label={commonTexts.description}
          value={draft.description}
          onChange={(event) => onChange({ ...draft, description: event.currentTarget.value })}
          error={faultOf(error, "description")}
          autosize
          minRows={1}
          maxRows={6}
        />
        {children}
        <RoleChoice
          choices={CHOICES}
          value={draft.given}
          onChange={(given) => onChange({ ...draft, given })}
          error={faultOf(error, "role")}
          rolesError={faultOf(error, "customRoleIds")}
        />
      </Stack>
      {draft.given.choice === INLINE && (
        <PolicyEditor
          title={texts.policy}
          policy={draft.policy}
          onChange={(policy) => onChange({ ...draft, policy })}
          showsFaults={showsFaults}
          error={faultOf(error, "inlineRole")}
          whenEmpty={texts.whenEmpty}
        />
      )}
      <Select
        label={texts.version}
        description={texts.versionHint}
        data={[...VERSIONS].reverse().map((version) => ({
          value: String(version),
          label: version === NEWEST ? texts.newest(version) : String(version),
        }))}
        value={String(draft.version)}
        onChange={(version) => onChange({ ...draft, version: versionOf(Number(version)) })}
        allowDeselect={false}
        maw={280}
      />
    </Stack>
  );
}
