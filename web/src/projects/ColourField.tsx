// A colour as the API has it: six digits without the sign in front.
import { ColorInput } from "@mantine/core";
import { environmentFormTexts as texts } from "../texts/projects.ts";
import { isColour } from "./environments.ts";

// Told apart from each other in small, on both grounds.
const COLOURS = ["#417505", "#f5a623", "#d0021b", "#4a90e2", "#9013fe", "#50b8a0", "#8b572a", "#868e96"];

interface Props {
  value: string;
  onChange: (value: string) => void;
  disabled?: boolean;
  description?: string;
  error?: string;
}

export function ColourField({ value, onChange, disabled, description, error }: Props) {
  return (
    <ColorInput
      label={texts.colour}
      description={description ?? texts.colourHint}
      value={`#${value}`}
      onChange={(colour) => onChange(colour.replace("#", ""))}
      error={isColour(value) ? error : texts.colourOdd}
      swatches={COLOURS}
      swatchesPerRow={8}
      withPicker={false}
      withEyeDropper={false}
      fixOnBlur={false}
      disabled={disabled}
    />
  );
}
