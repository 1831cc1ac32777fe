// Some lines of a file, with what stands for the flag marked in them.
import { Anchor, Box } from "@mantine/core";
import { codeReferenceTexts } from "../texts/flagUse.ts";
import classes from "./CodeHunk.module.css";
import { addressFrom, type Hunk, linesOf, mentionOf, partsOf, wordsOf } from "./codeReferences.ts";

interface Props {
  hunk: Hunk;
  path: string;
  template: string;
  revision: string;
}

export function CodeHunk({ hunk, path, template, revision }: Props) {
  const words = wordsOf(hunk);
  const mention = mentionOf(hunk);
  const address = addressFrom(template, { sha: revision, filePath: path, lineNumber: String(mention) });
  const name = codeReferenceTexts.open(path, mention);
  return (
    <figure className={classes.hunk}>
      {/* Long lines scroll: with the keyboard too. */}
      <Box
        role="group"
        tabIndex={0}
        className={classes.lines}
        aria-label={`${path}: ${codeReferenceTexts.line(mention)}`}
      >
        {linesOf(hunk).map(({ number, text }) => (
          <div key={number} className={classes.line}>
            <span className={classes.number}>{number}</span>
            <code>
              {partsOf(text, words).map((part, place) =>
                part.isMention ? (
                  // biome-ignore lint/suspicious/noArrayIndexKey: parts of a line have nothing but their places
                  <mark key={place} className={classes.mention}>
                    {part.text}
                  </mark>
                ) : (
                  part.text
                ),
              )}
            </code>
          </div>
        ))}
      </Box>
      {address && (
        <Anchor href={address} size="sm" className={classes.open} aria-label={name}>
          {codeReferenceTexts.openShort}
        </Anchor>
      )}
    </figure>
  );
}
