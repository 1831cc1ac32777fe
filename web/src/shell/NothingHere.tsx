// For addresses that lead nowhere.
import { Anchor } from "@mantine/core";
import { Empty } from "../parts/Empty.tsx";
import { commonTexts } from "../texts/everywhere.ts";

export function NothingHere() {
  const texts = commonTexts.errors;
  return (
    <main>
      <Empty title={texts.notFound}>
        <p>{texts.notFoundText}</p>
        <Anchor href="/">{texts.home}</Anchor>
      </Empty>
    </main>
  );
}
