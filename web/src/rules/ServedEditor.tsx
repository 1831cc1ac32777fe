// What contexts get: one variation, or shares of several.
import { Button, Group, NumberInput, Select, Stack, Text } from "@mantine/core";
import { percent } from "../parts/numbers.ts";
import { ruleTexts } from "../texts/rules.ts";
import { type Served, totalOf, type Weights, WHOLE } from "./model.ts";

export interface Choice {
  id: string;
  name: string;
}

interface Props {
  label: string;
  served: Served;
  variations: readonly Choice[];
  onChange: (served: Served) => void;
  isReadOnly: boolean;
  /** Whether shares are impossible here. */
  isOneOnly?: boolean;
}

const ROLLOUT = "rollout";

export function ServedEditor({ label, served, variations, onChange, isReadOnly, isOneOnly }: Props) {
  const isRollout = "weights" in served;
  const choose = (choice: string) => {
    if (choice !== ROLLOUT) return onChange({ variationId: choice });
    // Nobody gets anything else than before until a share is moved.
    const first = isRollout ? variations[0]?.id : served.variationId;
    const weights = Object.fromEntries(variations.map(({ id }) => [id, id === first ? WHOLE : 0]));
    onChange({ weights, contextKind: "user", bucketBy: undefined });
  };
  return (
    <Stack gap="xs" align="flex-start">
      <Select
        label={label}
        data={[
          ...variations.map(({ id, name }) => ({ value: id, label: name })),
          ...(isOneOnly ? [] : [{ value: ROLLOUT, label: ruleTexts.fields.rollout }]),
        ]}
        value={isRollout ? ROLLOUT : served.variationId}
        onChange={(choice) => choice && choose(choice)}
        allowDeselect={false}
        readOnly={isReadOnly}
        w={280}
      />
      {isRollout && (
        <Shares
          weights={served.weights}
          variations={variations}
          onChange={(weights) => onChange({ ...served, weights })}
          isReadOnly={isReadOnly}
        />
      )}
    </Stack>
  );
}

interface SharesProps {
  weights: Weights;
  variations: readonly Choice[];
  onChange: (weights: Weights) => void;
  isReadOnly: boolean;
}

function Shares({ weights, variations, onChange, isReadOnly }: SharesProps) {
  const total = totalOf(weights);
  // Of two variations one is the rest of the other.
  const move = (id: string, share: number) => {
    const weight = Math.round(share * 1_000);
    const [one, two] = variations;
    const other = variations.length === 2 ? (id === one?.id ? two?.id : one?.id) : undefined;
    onChange({ ...weights, [id]: weight, ...(other ? { [other]: Math.max(0, WHOLE - weight) } : {}) });
  };
  return (
    <Stack gap="xs">
      <Group gap="sm">
        {variations.map(({ id, name }) => (
          <NumberInput
            key={id}
            label={ruleTexts.fields.share(name)}
            value={(weights[id] ?? 0) / 1_000}
            onChange={(share) => move(id, Number(share) || 0)}
            min={0}
            max={100}
            decimalScale={3}
            clampBehavior="strict"
            suffix=" %"
            readOnly={isReadOnly}
            w={150}
          />
        ))}
      </Group>
      {!isReadOnly && variations.length > 2 && (
        <Button size="compact-sm" variant="subtle" onClick={() => onChange(evenly(variations))}>
          {ruleTexts.fields.evenly}
        </Button>
      )}
      {total !== WHOLE && (
        <Text size="sm" c="red.9" role="alert">
          {ruleTexts.faults.total(percent(total / 1_000))}
        </Text>
      )}
    </Stack>
  );
}

function evenly(variations: readonly Choice[]): Weights {
  const share = Math.floor(WHOLE / variations.length);
  const rest = WHOLE - share * variations.length;
  return Object.fromEntries(variations.map(({ id }, place) => [id, share + (place < rest ? 1 : 0)]));
}
