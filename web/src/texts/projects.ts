// Words about projects and environments.
export const projectTexts = {
  noEnvironment: "There is no environment that you may see",
  noEnvironmentText:
    "Ask an admin for a role that shows one, or create one with POST /api/v2/projects/KEY/environments.",
};
