// The keys of an environment: covered up, to be copied, and two of them to be replaced.
import { Table, Text, VisuallyHidden } from "@mantine/core";
import { RotateCcwKey } from "lucide-react";
import { useState } from "react";
import { whyNot } from "../api/access.ts";
import { IconAction } from "../parts/IconAction.tsx";
import { Secret } from "../parts/Secret.tsx";
import type { Environment } from "../shell/place.ts";
import { keyTexts, environmentListTexts as texts } from "../texts/projects.ts";
import { MobileKeyReset, SdkKeyReset } from "./KeyReset.tsx";

interface Row {
  kind: "sdk" | "mobile" | "client";
  value: string;
  /** The action that replaces the key; a client-side ID is never replaced. */
  action?: string;
}

export function EnvironmentKeys({ environment }: { environment: Environment }) {
  const [reset, setReset] = useState<Row["kind"]>();
  const rows: readonly Row[] = [
    { kind: "sdk", value: environment.apiKey, action: "updateSdkKey" },
    { kind: "mobile", value: environment.mobileKey, action: "updateMobileKey" },
    { kind: "client", value: environment._id },
  ];
  const close = () => setReset(undefined);
  return (
    <>
      <Table aria-label={texts.keys(environment.name)} layout="fixed">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col" w={{ base: 96, sm: 130 }}>
              {texts.key}
            </Table.Th>
            <Table.Th scope="col">{texts.value}</Table.Th>
            <Table.Th scope="col" className="wide">
              {texts.usedBy}
            </Table.Th>
            <Table.Th scope="col" w={{ base: 56, sm: 72 }}>
              <VisuallyHidden>{texts.actions}</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ kind, value, action }) => {
            const words = keyTexts[kind];
            return (
              <Table.Tr key={kind}>
                <Table.Th scope="row" fw={500}>
                  {words.name}
                </Table.Th>
                <Table.Td>
                  <Secret value={value} name={keyTexts.of(words.name, environment.name)} />
                </Table.Td>
                <Table.Td className="wide">
                  <Text size="sm" c="dimmed">
                    {words.usedBy}
                  </Text>
                </Table.Td>
                <Table.Td ta="right">
                  {action && (
                    <IconAction
                      label={keyTexts.reset(words.name, environment.name)}
                      icon={RotateCcwKey}
                      why={whyNot(environment._access, action)}
                      onClick={() => setReset(kind)}
                    />
                  )}
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
      {reset === "sdk" && <SdkKeyReset environment={environment} onClose={close} />}
      {reset === "mobile" && <MobileKeyReset environment={environment} onClose={close} />}
    </>
  );
}
