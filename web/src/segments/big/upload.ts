// Sends the file of a list. The typed client knows bodies of JSON only; this one is a form.
interface Place {
  projectKey: string;
  environmentKey: string;
  segmentKey: string;
}

/** The id of the import that has begun. Throws what the API answers, as the typed client does. */
export async function sendFile(place: Place, file: File, mode: string): Promise<string> {
  const form = new FormData();
  form.set("file", file);
  form.set("mode", mode);
  const parts = [place.projectKey, place.environmentKey, place.segmentKey].map(encodeURIComponent);
  const answer = await fetch(`/api/v2/segments/${parts.join("/")}/imports`, { method: "POST", body: form });
  if (!answer.ok) throw await answer.json();
  return answer.headers.get("Location")?.split("/").pop() ?? "";
}
