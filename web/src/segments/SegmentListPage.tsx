export function SegmentListPage() {
  return null;
}
