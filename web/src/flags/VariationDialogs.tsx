// Adding, changing and deleting a variation.
import { Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { remainingFault } from "../api/faults.ts";
import { FormDialog } from "../parts/FormDialog.tsx";
import { commonTexts } from "../texts/everywhere.ts";
import { variationsTexts } from "../texts/flagEditing.ts";
import { CommentField } from "./CommentField.tsx";
import { useFlag, type Variation } from "./flag.ts";
import { variationName } from "./names.ts";
import { type Instruction, useInstruct } from "./patching.ts";
import { ValueField } from "./ValueField.tsx";
import { canonical, faultsOfValues, parseValue, typeOf, writeValue } from "./values.ts";

interface EditProps {
  /** What is changed; nothing where one is added. */
  variation: Variation | undefined;
  onClose: () => void;
}

export function EditVariation({ variation, onClose }: EditProps) {
  const flag = useFlag();
  const texts = variationsTexts;
  const type = typeOf(flag.variations.map(({ value }) => value));
  const [text, setText] = useState(variation ? writeValue(type, variation.value) : "");
  const [name, setName] = useState(variation?.name ?? "");
  const [description, setDescription] = useState(variation?.description ?? "");
  const [comment, setComment] = useState("");
  const [isTried, setTried] = useState(false);
  const { instruct, error, isBusy } = useInstruct(variation ? texts.changed : texts.added, onClose);
  const others = flag.variations.filter((each) => each._id !== variation?._id);
  const fault = faultsOfValues(type, [...others.map(({ value }) => writeValue(type, value)), text]).at(-1);
  const parsed = parseValue(type, text);
  const value = "value" in parsed ? parsed.value : undefined;
  const isOtherValue = variation && value !== undefined && canonical(value) !== canonical(variation.value);
  const submit = () => {
    setTried(true);
    if (fault) return;
    const given = { name: name.trim(), description: description.trim() };
    const instruction: Instruction = variation
      ? { kind: "updateVariation", variationId: variation._id, ...given, ...(isOtherValue && { value }) }
      : { kind: "addVariation", value, ...given };
    instruct([instruction], comment);
  };
  return (
    <FormDialog
      title={variation ? texts.edit(variationName(variation)) : texts.add}
      action={variation ? commonTexts.save : texts.add}
      isBusy={isBusy}
      problem={remainingFault(error)}
      onSubmit={submit}
      onClose={onClose}
    >
      <ValueField type={type} text={text} onChange={setText} error={isTried ? fault : undefined} />
      {isOtherValue && <Text size="sm">{texts.valueWarning}</Text>}
      <TextInput
        label={commonTexts.name}
        maxLength={256}
        value={name}
        autoComplete="off"
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label={commonTexts.description}
        value={description}
        autoComplete="off"
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
      <CommentField value={comment} onChange={setComment} />
    </FormDialog>
  );
}

export function RemoveVariation({ variation, onClose }: { variation: Variation; onClose: () => void }) {
  const texts = variationsTexts;
  const [comment, setComment] = useState("");
  const { instruct, error, isBusy } = useInstruct(texts.removed, onClose);
  const name = variationName(variation);
  return (
    <FormDialog
      title={texts.remove(name)}
      action={commonTexts.remove}
      isBusy={isBusy}
      problem={remainingFault(error)}
      onSubmit={() => instruct([{ kind: "removeVariation", variationId: variation._id }], comment)}
      onClose={onClose}
    >
      <Text size="sm">{texts.removeText(name)}</Text>
      <CommentField value={comment} onChange={setComment} />
    </FormDialog>
  );
}
