// The API's word for a score, as far as this interface knows it.
import { indicatorTexts } from "../texts/insights.ts";

export type Indicator = keyof typeof indicatorTexts;

export function indicatorOf(score: { indicator: string }): Indicator {
  return score.indicator in indicatorTexts ? (score.indicator as Indicator) : "unknown";
}

/** Whether there is a number at all: what is not known has none. */
export function isKnown(score: { indicator: string }): boolean {
  return !["notCalculated", "unknown"].includes(indicatorOf(score));
}
