// The applications of a group: those that were deployed are proposed, any other key can be typed.
import { TagsInput } from "@mantine/core";
import { faultOf } from "../api/faults.ts";
import { isKey } from "../parts/keys.ts";
import { groupTexts as texts } from "../texts/groups.ts";
import { useKnownApplications } from "./useKnownApplications.ts";

interface Props {
  environmentKey: string;
  value: readonly string[];
  onChange: (keys: string[]) => void;
  error: unknown;
}

export function ApplicationsField({ environmentKey, value, onChange, error }: Props) {
  const known = useKnownApplications(environmentKey);
  const odd = value.find((key) => !isKey(key));
  return (
    <TagsInput
      label={texts.applications}
      description={texts.applicationsHint}
      data={known}
      value={[...value]}
      onChange={onChange}
      error={odd === undefined ? faultOf(error, "applicationKeys") : texts.applicationOdd(odd)}
    />
  );
}
