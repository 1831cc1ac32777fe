// What a team is called, and what it is for.
import { Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { faultOf, remainingFault } from "../../api/faults.ts";
import { FormDialog } from "../../parts/FormDialog.tsx";
import { teamTexts as texts } from "../../texts/account.ts";
import { commonTexts } from "../../texts/everywhere.ts";
import { detailInstructions } from "./instructions.ts";
import { type Team, useTeamChange } from "./team.ts";

interface Props {
  team: Team;
  onClose: () => void;
}

export function TeamDetailsDialog({ team, onClose }: Props) {
  const [draft, setDraft] = useState({ name: team.name, description: team.description });
  const { change, isBusy, error } = useTeamChange(team.key, texts.saved, true);
  const instructions = detailInstructions(team, { ...draft, name: draft.name.trim() });
  return (
    <FormDialog
      title={texts.details}
      action={commonTexts.save}
      isBusy={isBusy}
      isReady={instructions.length > 0 && draft.name.trim() !== ""}
      problem={remainingFault(error, "name", "description")}
      onSubmit={() => change(instructions, onClose)}
      onClose={onClose}
    >
      <TextInput
        label={commonTexts.name}
        required
        maxLength={256}
        value={draft.name}
        onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
        error={faultOf(error, "name")}
        data-autofocus
      />
      <Textarea
        label={commonTexts.description}
        value={draft.description}
        onChange={(event) => setDraft({ ...draft, description: event.currentTarget.value })}
        error={faultOf(error, "description")}
        autosize
        minRows={2}
        maxRows={6}
      />
    </FormDialog>
  );
}
