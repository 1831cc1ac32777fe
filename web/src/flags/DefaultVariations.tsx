// Which variations a flag begins with in environments that are created later.
import { Alert, Button, Group, Select, SimpleGrid, Stack } from "@mantine/core";
import { useState } from "react";
import { remainingFault } from "../api/faults.ts";
import { Section } from "../parts/Section.tsx";
import { commonTexts } from "../texts/everywhere.ts";
import { newFlagTexts, variationsTexts } from "../texts/flagEditing.ts";
import { CommentField } from "./CommentField.tsx";
import { type Flag, useFlag } from "./flag.ts";
import { variationName } from "./names.ts";
import { useInstruct } from "./patching.ts";

export function DefaultVariations() {
  const flag = useFlag();
  const { onVariation, offVariation } = flag.defaults;
  // What was chosen is chosen anew when the defaults are others.
  return <DefaultsForm key={`${onVariation} ${offVariation} ${flag.variations.length}`} flag={flag} />;
}

function DefaultsForm({ flag }: { flag: Flag }) {
  const texts = variationsTexts;
  const { variations, defaults } = flag;
  const [on, setOn] = useState(defaults.onVariation);
  const [off, setOff] = useState(defaults.offVariation);
  const [comment, setComment] = useState("");
  const { instruct, error, isBusy } = useInstruct(texts.defaultsSaved);
  const choices = variations.map((variation, place) => ({
    value: String(place),
    label: variationName(variation),
  }));
  const isChanged = on !== defaults.onVariation || off !== defaults.offVariation;
  const problem = remainingFault(error);
  const save = () =>
    instruct(
      [
        {
          kind: "updateDefaultVariation",
          onVariationValue: variations[on]?.value,
          offVariationValue: variations[off]?.value,
        },
      ],
      comment,
    );
  return (
    <Section title={texts.defaults} about={texts.defaultsAbout}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Stack maw={760}>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <Select
              label={newFlagTexts.onVariation}
              data={choices}
              value={String(on)}
              onChange={(place) => setOn(Number(place))}
              allowDeselect={false}
            />
            <Select
              label={newFlagTexts.offVariation}
              data={choices}
              value={String(off)}
              onChange={(place) => setOff(Number(place))}
              allowDeselect={false}
            />
          </SimpleGrid>
          {isChanged && <CommentField value={comment} onChange={setComment} />}
          {problem && (
            <Alert color="red" title={commonTexts.errors.notSaved}>
              {problem}
            </Alert>
          )}
          <Group>
            <Button type="submit" disabled={!isChanged} loading={isBusy}>
              {texts.saveDefaults}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
