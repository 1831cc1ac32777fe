// What is known of a context; what its SDK kept to itself is named without a value.
import { Badge, Stack, Table, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { CopyIcon } from "../parts/Command.tsx";
import { contextTexts } from "../texts/contexts.ts";
import { documentOf, type Part, writeValue } from "./documents.ts";
import { usePrivateNames } from "./usePrivateNames.ts";

interface Props {
  part: Part;
  /** Who told of it; nothing where nobody has. */
  applicationId: string | undefined;
}

export function AttributeTable({ part, applicationId }: Props) {
  const { attributes } = part;
  const redacted = usePrivateNames(part, applicationId);
  return (
    <section aria-labelledby="attributes">
      <Title order={2} fz="h5" mb={4} id="attributes">
        {contextTexts.attributes}{" "}
        <CopyIcon value={JSON.stringify(documentOf(part), null, 2)} label={contextTexts.copyJson} />
      </Title>
      {attributes.length + redacted.length === 0 ? (
        <Text size="sm" c="dimmed">
          {contextTexts.noAttributes}
        </Text>
      ) : (
        <Stack gap="xs">
          <Table variant="vertical" withTableBorder layout="fixed" aria-labelledby="attributes">
            <Table.Tbody>
              {attributes.map(({ name, value }) => (
                <Line key={name} name={name}>
                  {writeValue(value)}
                </Line>
              ))}
              {redacted.map((name) => (
                <Line key={name} name={name}>
                  <Badge color="gray" variant="light" tt="none" title={contextTexts.privateAbout}>
                    {contextTexts.private}
                  </Badge>
                </Line>
              ))}
            </Table.Tbody>
          </Table>
          {redacted.length > 0 && (
            <Text size="sm" c="dimmed">
              {contextTexts.privateWarning}
            </Text>
          )}
        </Stack>
      )}
    </section>
  );
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <Table.Tr>
      <Table.Th scope="row" w="40%" style={{ overflowWrap: "anywhere" }}>
        {name}
      </Table.Th>
      <Table.Td style={{ overflowWrap: "anywhere" }}>{children}</Table.Td>
    </Table.Tr>
  );
}
