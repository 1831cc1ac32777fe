// What a custom role is made of, apart from its key: the form of a new one and of one that is there.
import { Radio, Stack, Textarea } from "@mantine/core";
import type { ReactNode } from "react";
import { faultOf } from "../../api/faults.ts";
import { roleTexts as texts } from "../../texts/account.ts";
import { commonTexts } from "../../texts/everywhere.ts";
import { PolicyEditor } from "../policy/PolicyEditor.tsx";
import type { PolicyDraft } from "../policy/statements.ts";

export interface RoleDraft {
  name: string;
  description: string;
  basePermissions: string;
  policy: PolicyDraft;
}

interface Props<Draft extends RoleDraft> {
  draft: Draft;
  onChange: (draft: Draft) => void;
  /** The fields for the name. */
  children: ReactNode;
  error: unknown;
  showsFaults: boolean;
}

const BASES = ["reader", "no_access"] as const;

export function RoleFieldsForm<Draft extends RoleDraft>(props: Props<Draft>) {
  const { draft, onChange, children, error, showsFaults } = props;
  return (
    <Stack gap="lg">
      <Stack maw={560}>
        {children}
        <Textarea
          label={commonTexts.description}
          value={draft.description}
          onChange={(event) => onChange({ ...draft, description: event.currentTarget.value })}
          error={faultOf(error, "description")}
          autosize
          minRows={1}
          maxRows={6}
        />
        <Radio.Group
          label={texts.base}
          description={texts.baseAbout}
          value={draft.basePermissions}
          onChange={(basePermissions) => onChange({ ...draft, basePermissions })}
          error={faultOf(error, "basePermissions")}
        >
          <Stack gap={6} mt={6}>
            {BASES.map((base) => (
              <Radio key={base} value={base} label={texts.bases[base]} />
            ))}
          </Stack>
        </Radio.Group>
      </Stack>
      <PolicyEditor
        title={texts.policy}
        policy={draft.policy}
        onChange={(policy) => onChange({ ...draft, policy })}
        showsFaults={showsFaults}
        error={faultOf(error, "policy")}
        whenEmpty={texts.whenEmpty}
      />
    </Stack>
  );
}
