export function NewWebhookPage() {
  return null;
}
