// A chart, loaded only where one is shown. Its place is kept free meanwhile; its numbers can be read as a table too.
import { Box, Skeleton, Table } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { commonTexts } from "../texts/everywhere.ts";
import { instant } from "./numbers.ts";

const Drawing = lazy(() => import("./ChartDrawing.tsx"));

export interface Series {
  name: string;
  /** Instants in milliseconds and values; null where there is none. */
  points: readonly (readonly [number, number | null])[];
  /** Where the order of colours would say something wrong. */
  colour?: string;
}

export interface ChartProps {
  /** What the chart shows, in a sentence. */
  label: string;
  kind: "line" | "bar" | "stack" | "area";
  series: readonly Series[];
  /** How a value is written. */
  format: (value: number) => string;
  height?: number;
  /** Ends of the scale where they are fixed. */
  range?: readonly [number, number];
  /** Values are counts: so are the lines of the scale. */
  isCount?: boolean;
  /** The distance between lines of the scale, where round numbers are not round in the value's unit. */
  interval?: number;
}

export function Chart(props: ChartProps) {
  const { label, height = 280 } = props;
  return (
    <Box component="figure" m={0}>
      <Box role="img" aria-label={label} h={height}>
        <Suspense fallback={<Skeleton height={height} />}>
          <Drawing {...props} height={height} />
        </Suspense>
      </Box>
      <AsTable {...props} />
    </Box>
  );
}

function AsTable({ label, series, format }: ChartProps) {
  const [isOpen, setOpen] = useState(false);
  const instants = [...new Set(series.flatMap(({ points }) => points.map(([at]) => at)))].sort(
    (a, b) => a - b,
  );
  const values = series.map(({ points }) => new Map(points));
  const write = (value: number | null | undefined) => (value == null ? commonTexts.none : format(value));
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <Box component="summary" fz="sm" c="dimmed" style={{ cursor: "pointer" }}>
        {commonTexts.showTable}
      </Box>
      {isOpen && (
        <Table.ScrollContainer minWidth={300} mah={320}>
          <Table aria-label={label}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{commonTexts.time}</Table.Th>
                {series.map(({ name }) => (
                  <Table.Th key={name} scope="col" ta="right">
                    {name}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {instants.map((at) => (
                <Table.Tr key={at}>
                  <Table.Td>{instant(at)}</Table.Td>
                  {values.map((of, place) => (
                    <Table.Td key={series[place]?.name} ta="right" className="number">
                      {write(of.get(at))}
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </details>
  );
}
