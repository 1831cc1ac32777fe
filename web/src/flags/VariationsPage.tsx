// What a flag can serve: its variations, where each is used, and what new environments begin with.
import { Badge, Button, Code, Group, Stack, Text } from "@mantine/core";
import { Pencil, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { type Column, DataTable } from "../parts/DataTable.tsx";
import { IconAction } from "../parts/IconAction.tsx";
import { Section } from "../parts/Section.tsx";
import { usePlace } from "../shell/place.ts";
import { commonTexts } from "../texts/everywhere.ts";
import { valueTexts, variationsTexts } from "../texts/flagEditing.ts";
import { DefaultVariations } from "./DefaultVariations.tsx";
import { useConfiguration, useFlag, type Variation } from "./flag.ts";
import { shortValue, variationName } from "./names.ts";
import { type Uses, usesOf } from "./uses.ts";
import { EditVariation, RemoveVariation } from "./VariationDialogs.tsx";
import { typeOf } from "./values.ts";

type Open = { what: "add" } | { what: "edit" | "remove"; variation: Variation } | undefined;

export function VariationsPage() {
  const flag = useFlag();
  const [open, setOpen] = useState<Open>();
  const texts = variationsTexts;
  const type = typeOf(flag.variations.map(({ value }) => value));
  const close = () => setOpen(undefined);
  return (
    <Stack gap="xl">
      <Section
        title={texts.title}
        about={`${texts.about} ${type === "boolean" ? texts.booleanOnly : valueTexts.types[type].about}`}
        actions={
          type !== "boolean" && (
            <Button leftSection={<Plus size={16} aria-hidden />} onClick={() => setOpen({ what: "add" })}>
              {texts.add}
            </Button>
          )
        }
      >
        <VariationTable onOpen={setOpen} />
      </Section>
      <DefaultVariations />
      {open?.what === "add" && <EditVariation variation={undefined} onClose={close} />}
      {open?.what === "edit" && <EditVariation variation={open.variation} onClose={close} />}
      {open?.what === "remove" && <RemoveVariation variation={open.variation} onClose={close} />}
    </Stack>
  );
}

function VariationTable({ onOpen }: { onOpen: (open: Open) => void }) {
  const flag = useFlag();
  const configuration = useConfiguration();
  const { environment } = usePlace();
  const texts = variationsTexts;
  const columns: Column<Variation>[] = [
    {
      title: texts.columns.name,
      isEssential: true,
      cell: (variation) => (
        <Stack gap={2}>
          <Text size="sm" fw={600}>
            {variationName(variation)}
          </Text>
          {variation.description && (
            <Text size="sm" c="dimmed">
              {variation.description}
            </Text>
          )}
        </Stack>
      ),
    },
    {
      title: texts.columns.value,
      isEssential: true,
      cell: ({ value }) => <Code>{value === "" ? valueTexts.empty : shortValue(value)}</Code>,
    },
    {
      title: texts.columns.uses(environment.name),
      cell: (variation) => (
        <UseMarks uses={usesOf(flag, configuration, flag.variations.indexOf(variation))} />
      ),
    },
    {
      title: commonTexts.actions,
      isEssential: true,
      cell: (variation) => (
        <Group gap={4} wrap="nowrap">
          <IconAction
            label={texts.edit(variationName(variation))}
            icon={Pencil}
            onClick={() => onOpen({ what: "edit", variation })}
          />
          <IconAction
            label={texts.remove(variationName(variation))}
            icon={Trash2}
            why={flag.variations.length > 2 ? "" : texts.atLeastTwo}
            onClick={() => onOpen({ what: "remove", variation })}
          />
        </Group>
      ),
    },
  ];
  return <DataTable caption={texts.title} columns={columns} rows={flag.variations} idOf={({ _id }) => _id} />;
}

function UseMarks({ uses }: { uses: Uses }) {
  const texts = variationsTexts.uses;
  const marks = [
    uses.isFallthrough && texts.fallthrough,
    uses.rules > 0 && texts.rules(uses.rules),
    uses.targets > 0 && texts.targets(uses.targets),
    uses.isOff && texts.off,
  ].filter((mark) => mark !== false);
  if (!marks.length) {
    return (
      <Text size="sm" c="dimmed">
        {texts.none}
      </Text>
    );
  }
  return (
    <Group gap={4}>
      {marks.map((mark) => (
        <Badge key={mark} variant="light" color="gray" tt="none">
          {mark}
        </Badge>
      ))}
    </Group>
  );
}
