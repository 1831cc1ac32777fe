// A line without axes, as large as a word.
interface Props {
  values: readonly (number | null)[];
  /** What it shows, for those who do not see it. */
  label: string;
  width?: number;
  height?: number;
  /** The top of the scale; the largest value where it is not given. */
  top?: number;
}

export function Spark({ values, label, width = 96, height = 24, top }: Props) {
  const most = top ?? Math.max(1, ...values.map((value) => value ?? 0));
  const step = width / Math.max(1, values.length - 1);
  const y = (value: number) => height - 2 - (value / most) * (height - 4);
  let pen = "M";
  const line = values
    .map((value, place) => {
      if (value === null) {
        pen = "M";
        return "";
      }
      const point = `${pen}${(place * step).toFixed(1)} ${y(value).toFixed(1)}`;
      pen = "L";
      return point;
    })
    .join("");
  return (
    <svg width={width} height={height} role="img" aria-label={label}>
      <path
        d={line}
        fill="none"
        stroke="var(--mantine-color-indigo-5)"
        strokeWidth={1.5}
        strokeLinecap="round"
      />
    </svg>
  );
}
