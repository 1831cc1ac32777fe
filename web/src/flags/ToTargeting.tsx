// A flag's own address leads to its targeting.
import { Navigate, useParams } from "@tanstack/react-router";

export function ToTargeting() {
  const params = useParams({ from: "/projects/$projectKey/flags/$flagKey" });
  return <Navigate to="/projects/$projectKey/flags/$flagKey/targeting" params={params} replace />;
}
