// A list of rows. The first column names the row; columns that are not `essential` make way on a phone.
import { Table, UnstyledButton } from "@mantine/core";
import { ArrowDown, ArrowUp } from "lucide-react";
import type { ReactNode } from "react";

export interface Column<Row> {
  title: string;
  cell: (row: Row) => ReactNode;
  isEssential?: boolean;
  isNumber?: boolean;
  /** The API's name of the order, where the list can be sorted by this column. */
  sort?: string;
}

interface Props<Row> {
  /** What a screen reader calls the table. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  idOf: (row: Row) => string;
  /** The present order: a column's `sort`, with a minus in front where it descends. */
  sort?: string;
  onSort?: (sort: string) => void;
}

export function DataTable<Row>({ caption, columns, rows, idOf, sort, onSort }: Props<Row>) {
  return (
    <Table verticalSpacing="sm" highlightOnHover aria-label={caption}>
      <Table.Thead>
        <Table.Tr>
          {columns.map((column) => (
            <Heading key={column.title} column={column} sort={sort} onSort={onSort} />
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <Table.Tr key={idOf(row)}>
            {columns.map((column) => (
              <Table.Td
                key={column.title}
                className={classOf(column)}
                ta={column.isNumber ? "right" : "left"}
              >
                {column.cell(row)}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function classOf<Row>(column: Column<Row>): string {
  return [column.isEssential ? "" : "wide", column.isNumber ? "number" : ""].join(" ").trim();
}

interface HeadingProps<Row> {
  column: Column<Row>;
  sort: string | undefined;
  onSort: ((sort: string) => void) | undefined;
}

function Heading<Row>({ column, sort, onSort }: HeadingProps<Row>) {
  const align = column.isNumber ? "right" : "left";
  if (!column.sort || !onSort) {
    return (
      <Table.Th scope="col" className={classOf(column)} ta={align}>
        {column.title}
      </Table.Th>
    );
  }
  const [ascending, descending] = [column.sort, `-${column.sort}`];
  const direction = sort === ascending ? "ascending" : sort === descending ? "descending" : "none";
  return (
    <Table.Th scope="col" className={classOf(column)} ta={align} aria-sort={direction}>
      <UnstyledButton
        fz="sm"
        fw={700}
        onClick={() => onSort(direction === "descending" ? ascending : descending)}
      >
        {column.title}
        {direction === "ascending" && <ArrowUp size={14} aria-hidden />}
        {direction === "descending" && <ArrowDown size={14} aria-hidden />}
      </UnstyledButton>
    </Table.Th>
  );
}
