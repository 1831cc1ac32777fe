// Members to add to a team, or to those who look after it.
import { useState } from "react";
import { remainingFault } from "../../api/faults.ts";
import { FormDialog } from "../../parts/FormDialog.tsx";
import { teamTexts as texts } from "../../texts/account.ts";
import { MembersField } from "../people/MembersField.tsx";
import type { Instruction } from "./instructions.ts";
import { type Team, useTeamChange } from "./team.ts";

interface Props {
  team: Team;
  title: string;
  /** Ids of those who are there already. */
  without: readonly string[];
  instructionOf: (ids: readonly string[]) => Instruction;
  onClose: () => void;
}

export function AddPeopleDialog({ team, title, without, instructionOf, onClose }: Props) {
  const [ids, setIds] = useState<string[]>([]);
  const { change, isBusy, error } = useTeamChange(team.key, texts.saved, true);
  return (
    <FormDialog
      title={title}
      action={texts.add}
      isBusy={isBusy}
      isReady={ids.length > 0}
      problem={remainingFault(error)}
      onSubmit={() => change([instructionOf(ids)], onClose)}
      onClose={onClose}
    >
      <MembersField label={texts.members} value={ids} onChange={setIds} without={without} />
    </FormDialog>
  );
}
