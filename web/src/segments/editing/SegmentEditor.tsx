// Who belongs to a segment: named, kept out, or matched by a rule. Edited here, reviewed in words, then saved.
import { Alert, List, Stack, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import { whyNot } from "../../api/access.ts";
import { Panel } from "../../parts/Panel.tsx";
import { SaveBar } from "../../parts/SaveBar.tsx";
import { segmentTexts } from "../../texts/segments.ts";
import type { Segment } from "./draft.ts";
import { faultsOf } from "./faults.ts";
import { Review } from "./Review.tsx";
import { RulesEditor } from "./RulesEditor.tsx";
import { TargetsEditor } from "./TargetsEditor.tsx";
import { type SegmentDraft, useSegmentDraft } from "./useSegmentDraft.ts";

export function SegmentEditor({ segment }: { segment: Segment }) {
  const editing = useSegmentDraft(segment);
  const [isReviewing, setReviewing] = useState(false);
  const [showsFaults, setShowsFaults] = useState(false);
  const { draft, edit } = editing;
  const isChanged = editing.changes.length > 0;
  // Once all is saved, faults of the next rule are not to be told before it is tried.
  useEffect(() => {
    if (isChanged) return;
    setReviewing(false);
    setShowsFaults(false);
  }, [isChanged]);
  const texts = segmentTexts;
  const faults = showsFaults ? faultsOf(draft) : [];
  const isReadOnly = (action: string) => whyNot(segment._access, action) !== "";
  const reason = whyNot(segment._access, "updateIncluded", "updateExcluded", "updateRules");
  const review = () => {
    setShowsFaults(true);
    setReviewing(faultsOf(draft).length === 0);
  };
  return (
    <>
      {editing.elsewhere.length > 0 && <ChangedElsewhere editing={editing} />}
      {reason && (
        <Alert color="gray" title={texts.readOnly}>
          {reason}
        </Alert>
      )}
      {!segment.unbounded && (
        <>
          <Panel title={texts.included} about={texts.includedAbout}>
            <TargetsEditor
              list="included"
              targets={draft.targets}
              onChange={(targets) => edit({ targets })}
              isReadOnly={isReadOnly("updateIncluded")}
            />
          </Panel>
          <Panel title={texts.excluded} about={texts.excludedAbout}>
            <TargetsEditor
              list="excluded"
              targets={draft.targets}
              onChange={(targets) => edit({ targets })}
              isReadOnly={isReadOnly("updateExcluded")}
            />
          </Panel>
        </>
      )}
      <Panel title={texts.rules} about={texts.rulesAbout}>
        <RulesEditor
          rules={draft.rules}
          onChange={(rules) => edit({ rules })}
          isReadOnly={isReadOnly("updateRules")}
          showsFaults={showsFaults}
          isList={segment.unbounded}
        />
      </Panel>
      {faults.length > 0 && (
        <Alert color="red" role="alert">
          {faults.map((fault) => (
            <Text key={fault} size="sm">
              {fault}
            </Text>
          ))}
        </Alert>
      )}
      <SaveBar changes={editing.changes.length} onReview={review} onDiscard={editing.discard} />
      {isReviewing && isChanged && (
        <Review segment={segment} editing={editing} onClose={() => setReviewing(false)} />
      )}
    </>
  );
}

function ChangedElsewhere({ editing }: { editing: SegmentDraft }) {
  const texts = segmentTexts.elsewhere;
  return (
    <Alert
      color="orange"
      title={texts.title}
      role="alert"
      withCloseButton
      closeButtonLabel={texts.close}
      onClose={editing.acknowledge}
    >
      <Stack gap="xs">
        <Text size="sm">
          {texts.text} {editing.hasLost && texts.removed}
        </Text>
        <Text size="sm">{texts.theirs}</Text>
        <List size="sm">
          {editing.elsewhere.map((each, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two changes may read alike
            <List.Item key={place}>{each}</List.Item>
          ))}
        </List>
      </Stack>
    </Alert>
  );
}
