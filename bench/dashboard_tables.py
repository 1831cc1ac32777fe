"""Tables of the shape that the dashboards of Apache DevLake and of Four Keys ask, filled from the same rows
that our scores are made of.

Where their shape leaves a choice it is made in their favour: every column that a query looks for rows by has
an index, and what bots wrote has no metrics to be left out again.
"""

import psycopg

# A project of DevLake is an environment of ours; each of its applications deploys from a scope of its own. A
# deployment that failed is, as there, one that went out and has an incident.
_DEVLAKE = """
CREATE SCHEMA devlake;
CREATE TABLE devlake.project_mapping AS
    SELECT e.environment_id AS project_name, 'cicd_scopes' AS "table",
           e.environment_id || ':' || e.application_key AS row_id
    FROM environment_applications e
    UNION ALL SELECT e.id, 'repos', r.id FROM environments e CROSS JOIN repositories r;
CREATE TABLE devlake.cicd_deployment_commits AS
    SELECT d.id, d.id AS cicd_deployment_id, d.environment_id || ':' || d.application_key AS cicd_scope_id,
           'SUCCESS' AS result, 'PRODUCTION' AS environment,
           to_timestamp(d.started_at / 1000.0) AS started_date,
           to_timestamp(d.ended_at / 1000.0) AS finished_date
    FROM deployments d;
CREATE TABLE devlake.pull_requests AS
    SELECT c.id, c.repository_id AS base_repo_id, c.title, c.author AS author_name,
           to_timestamp(c.created_at / 1000.0) AS created_date,
           to_timestamp(c.merged_at / 1000.0) AS merged_date
    FROM changes c;
CREATE TABLE devlake.project_pr_metrics AS
    SELECT l.change_id AS id, l.environment_id AS project_name, l.deployment_id AS deployment_commit_id,
           l.lead_ms / 60000.0::double precision AS pr_cycle_time
    FROM deployment_changes l WHERE NOT l.is_bot;
CREATE TABLE devlake.incidents AS
    SELECT 'incident:' || d.id AS id, to_timestamp(d.failed_at / 1000.0) AS created_date,
           to_timestamp(d.recovered_at / 1000.0) AS resolution_date
    FROM deployments d WHERE d.failed_at IS NOT NULL;
CREATE TABLE devlake.project_incident_deployment_relationships AS
    SELECT 'incident:' || d.id AS id, d.environment_id AS project_name, d.id AS deployment_id
    FROM deployments d WHERE d.failed_at IS NOT NULL;
ALTER TABLE devlake.project_mapping ADD PRIMARY KEY (project_name, row_id, "table");
ALTER TABLE devlake.cicd_deployment_commits ADD PRIMARY KEY (id);
ALTER TABLE devlake.pull_requests ADD PRIMARY KEY (id);
ALTER TABLE devlake.project_pr_metrics ADD PRIMARY KEY (id, project_name, deployment_commit_id);
ALTER TABLE devlake.incidents ADD PRIMARY KEY (id);
ALTER TABLE devlake.project_incident_deployment_relationships ADD PRIMARY KEY (id, project_name);
CREATE INDEX ON devlake.cicd_deployment_commits (cicd_scope_id, finished_date);
CREATE INDEX ON devlake.cicd_deployment_commits (finished_date);
CREATE INDEX ON devlake.cicd_deployment_commits (cicd_deployment_id);
CREATE INDEX ON devlake.project_pr_metrics (deployment_commit_id);
CREATE INDEX ON devlake.project_pr_metrics (project_name);
CREATE INDEX ON devlake.project_incident_deployment_relationships (deployment_id);
"""

# Four Keys knows no environments; the column it lacks is there, and in front of the index. What went out is a
# list of changes, and an incident names those it came from: of a deployment that failed, its own version.
_FOUR_KEYS = """
CREATE SCHEMA four_keys;
CREATE TABLE four_keys.changes AS
    SELECT c.id AS change_id, 'pull_request' AS event_type,
           to_timestamp(c.first_commit_at / 1000.0) AS time_created
    FROM changes c;
CREATE TABLE four_keys.deployments AS
    SELECT d.id AS deploy_id, d.environment_id AS environment,
           to_timestamp(d.ended_at / 1000.0) AS time_created,
           array_append(coalesce(l.changes, ARRAY[]::text[]), d.id) AS changes
    FROM deployments d LEFT JOIN (
        SELECT deployment_id, array_agg(change_id) AS changes
        FROM deployment_changes WHERE NOT is_bot GROUP BY deployment_id
    ) l ON l.deployment_id = d.id;
CREATE TABLE four_keys.incidents AS
    SELECT 'incident:' || d.id AS incident_id, d.environment_id AS environment, ARRAY[d.id] AS changes,
           to_timestamp(d.failed_at / 1000.0) AS time_created,
           to_timestamp(d.recovered_at / 1000.0) AS time_resolved
    FROM deployments d WHERE d.failed_at IS NOT NULL;
ALTER TABLE four_keys.changes ADD PRIMARY KEY (change_id);
ALTER TABLE four_keys.deployments ADD PRIMARY KEY (deploy_id);
ALTER TABLE four_keys.incidents ADD PRIMARY KEY (incident_id);
CREATE INDEX ON four_keys.deployments (environment, time_created);
CREATE INDEX ON four_keys.incidents (environment, time_created);
"""


def fill_tables(connection: psycopg.Connection) -> None:
    """Both schemas, from our tables in the same database; with statistics, as after a while of service."""
    for statement in (*_statements(_DEVLAKE), *_statements(_FOUR_KEYS), "VACUUM ANALYZE"):
        connection.execute(statement.encode())


def _statements(text: str) -> list[str]:
    return [each for each in text.split(";\n") if each.strip()]
