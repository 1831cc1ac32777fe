// What somebody or some token may do: one of the built-in roles, custom roles in their place, or a policy of its own.
import { MultiSelect, Radio, Stack } from "@mantine/core";
import { peopleTexts as texts } from "../../texts/account.ts";
import { useDropdown } from "../useDropdown.ts";
import { CUSTOM, type GivenRole } from "./givenRole.ts";
import { useRoles } from "./roles.ts";

interface Props {
  /** Which are offered, in this order. */
  choices: readonly string[];
  value: GivenRole;
  onChange: (value: GivenRole) => void;
  error?: string;
  rolesError?: string;
}

export function RoleChoice({ choices, value, onChange, error, rolesError }: Props) {
  const roles = useRoles();
  const hasNone = !roles.isLoading && roles.items.length === 0;
  return (
    <Stack gap="xs">
      <Radio.Group
        label={texts.role}
        value={value.choice}
        onChange={(choice) => onChange({ ...value, choice })}
        error={error}
      >
        <Stack gap="xs" mt={4}>
          {choices.map((choice) => {
            const about = texts.roles[choice];
            const isEmpty = choice === CUSTOM && hasNone;
            return (
              <Radio
                key={choice}
                value={choice}
                label={about?.name ?? choice}
                description={isEmpty ? texts.noCustomRoles : about?.about}
                disabled={isEmpty}
              />
            );
          })}
        </Stack>
      </Radio.Group>
      {value.choice === CUSTOM && (
        <CustomRolesField
          value={value.customRoles}
          onChange={(customRoles) => onChange({ ...value, customRoles })}
          error={rolesError}
        />
      )}
    </Stack>
  );
}

interface FieldProps {
  /** Keys. */
  value: readonly string[];
  onChange: (keys: string[]) => void;
  error?: string;
  description?: string;
}

export function CustomRolesField({ value, onChange, error, description }: FieldProps) {
  const { items, nameOf } = useRoles();
  const { close, ...dropdown } = useDropdown();
  const keys = new Set([...items.map(({ key }) => key), ...value]);
  return (
    <MultiSelect
      label={texts.customRoles}
      placeholder={value.length ? undefined : texts.chooseRoles}
      description={description}
      data={[...keys].map((key) => ({ value: key, label: nameOf(key) }))}
      value={[...value]}
      onChange={(chosen) => {
        onChange(chosen);
        close();
      }}
      {...dropdown}
      searchable
      clearable
      clearButtonProps={{ "aria-label": texts.clear }}
      error={error}
      hidePickedOptions
    />
  );
}
