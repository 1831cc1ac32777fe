// Making an environment, from nothing or as a copy of another one.
import { Checkbox, Select } from "@mantine/core";
import { useState } from "react";
import { api } from "../api/client.ts";
import { faultOf, remainingFault } from "../api/faults.ts";
import { FormDialog } from "../parts/FormDialog.tsx";
import { isNamed, isOfNameOrKey, NameAndKey } from "../parts/NameAndKey.tsx";
import { usePlace } from "../shell/place.ts";
import { commonTexts } from "../texts/everywhere.ts";
import { environmentFormTexts as texts } from "../texts/projects.ts";
import { ColourField } from "./ColourField.tsx";
import { isColour } from "./environments.ts";

const NOTHING = "";

export function NewEnvironmentDialog({ onClose }: { onClose: () => void }) {
  const { projectKey, environments } = usePlace();
  const [named, setNamed] = useState({ name: "", key: "" });
  const [color, setColour] = useState("4a90e2");
  const [source, setSource] = useState(NOTHING);
  const [critical, setCritical] = useState(false);
  const creation = api.useMutation("post", "/api/v2/projects/{projectKey}/environments", {
    meta: { done: texts.created, showsError: true },
    onSuccess: onClose,
  });
  const error = creation.error;
  const create = () =>
    creation.mutate({
      params: { path: { projectKey } },
      body: {
        name: named.name.trim(),
        key: named.key,
        color,
        critical,
        source: source === NOTHING ? null : { key: source },
      },
    });
  return (
    <FormDialog
      title={texts.create}
      action={commonTexts.create}
      isBusy={creation.isPending}
      isReady={isNamed(named) && isColour(color)}
      problem={isOfNameOrKey(error) ? undefined : remainingFault(error, "name", "key", "color")}
      onSubmit={create}
      onClose={onClose}
    >
      <NameAndKey value={named} onChange={setNamed} error={error} placeholder={texts.placeholder} />
      <ColourField value={color} onChange={setColour} error={faultOf(error, "color")} />
      <Select
        label={texts.source}
        description={texts.sourceHint}
        data={[
          { value: NOTHING, label: texts.sourceNone },
          ...environments.map(({ key, name }) => ({ value: key, label: name })),
        ]}
        value={source}
        allowDeselect={false}
        onChange={(key) => setSource(key ?? NOTHING)}
      />
      <Checkbox
        label={texts.critical}
        description={texts.criticalHint}
        checked={critical}
        onChange={(event) => setCritical(event.currentTarget.checked)}
      />
    </FormDialog>
  );
}
