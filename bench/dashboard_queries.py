"""The four keys in the shape in which Apache DevLake's and Four Keys' documents compute them, written anew.

DevLake joins deployments, pull requests and incidents to projects, and takes medians by `percent_rank`; Four
Keys unfolds the lists of changes of its deployments. Each query asks of one environment (`place`).
"""

from collections.abc import Mapping

FREQUENCY, LEAD_TIME, FAILURE_RATE = "deployment frequency", "lead time", "change failure rate"
TIME_TO_RESTORE = "time to restore"

# One row per deployment of the project, however many commits it had, with its last commit's end.
_DEVLAKE_DEPLOYMENTS = """
deployed AS (
    SELECT c.cicd_deployment_id AS deployment_id, max(c.finished_date) AS finished
    FROM devlake.cicd_deployment_commits c
    JOIN devlake.project_mapping m ON m.row_id = c.cicd_scope_id AND m."table" = 'cicd_scopes'
    WHERE m.project_name = %(place)s AND c.result = 'SUCCESS' AND c.environment = 'PRODUCTION'
    GROUP BY c.cicd_deployment_id
    HAVING max(c.finished_date) >= %(start)s AND max(c.finished_date) < %(end)s
)"""

DEVLAKE: Mapping[str, str] = {
    FREQUENCY: f"""
        WITH {_DEVLAKE_DEPLOYMENTS}, daily AS (
            SELECT date_trunc('day', finished) AS day, count(*) AS made FROM deployed GROUP BY 1
        )
        SELECT sum(made), count(*) FROM daily""",
    LEAD_TIME: """
        WITH delivered AS (
            SELECT DISTINCT p.id, x.pr_cycle_time AS minutes
            FROM devlake.pull_requests p
            JOIN devlake.project_pr_metrics x ON x.id = p.id
            JOIN devlake.project_mapping m ON m.row_id = p.base_repo_id AND m."table" = 'repos'
            JOIN devlake.cicd_deployment_commits c ON c.id = x.deployment_commit_id
            WHERE m.project_name = %(place)s AND x.project_name = m.project_name AND p.merged_date IS NOT NULL
              AND x.pr_cycle_time IS NOT NULL AND c.finished_date >= %(start)s AND c.finished_date < %(end)s
        ), ranked AS (
            SELECT minutes, percent_rank() OVER (ORDER BY minutes) AS place FROM delivered
        )
        SELECT max(minutes) FROM ranked WHERE place <= 0.5""",
    FAILURE_RATE: f"""
        WITH {_DEVLAKE_DEPLOYMENTS}, judged AS (
            SELECT d.deployment_id, count(DISTINCT i.id) > 0 AS has_failed
            FROM deployed d
            LEFT JOIN devlake.project_incident_deployment_relationships r ON r.deployment_id = d.deployment_id
            LEFT JOIN devlake.incidents i ON i.id = r.id
            GROUP BY d.deployment_id
        )
        SELECT count(*), count(*) FILTER (WHERE has_failed) FROM judged""",
    TIME_TO_RESTORE: f"""
        WITH {_DEVLAKE_DEPLOYMENTS}, restored AS (
            SELECT extract(epoch FROM i.resolution_date - d.finished) AS seconds
            FROM deployed d
            JOIN devlake.project_incident_deployment_relationships r ON r.deployment_id = d.deployment_id
            JOIN devlake.incidents i ON i.id = r.id
            WHERE i.resolution_date IS NOT NULL
        ), ranked AS (
            SELECT seconds, percent_rank() OVER (ORDER BY seconds) AS place FROM restored
        )
        SELECT max(seconds) FROM ranked WHERE place <= 0.5""",
}

_FOUR_KEYS_DEPLOYMENTS = """
    four_keys.deployments d
    WHERE d.environment = %(place)s AND d.time_created >= %(start)s AND d.time_created < %(end)s"""

FOUR_KEYS: Mapping[str, str] = {
    FREQUENCY: f"""
        WITH daily AS (
            SELECT date_trunc('day', d.time_created) AS day, count(DISTINCT d.deploy_id) AS made
            FROM {_FOUR_KEYS_DEPLOYMENTS} GROUP BY 1
        )
        SELECT sum(made), count(*) FROM daily""",
    LEAD_TIME: f"""
        WITH gone_out AS (
            SELECT d.time_created, unnest(d.changes) AS change_id FROM {_FOUR_KEYS_DEPLOYMENTS}
        ), waited AS (
            SELECT extract(epoch FROM g.time_created - c.time_created) / 60 AS minutes
            FROM gone_out g LEFT JOIN four_keys.changes c ON c.change_id = g.change_id
        )
        SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY minutes) FROM waited WHERE minutes > 0""",
    FAILURE_RATE: f"""
        WITH gone_out AS (
            SELECT d.deploy_id, unnest(d.changes) AS change_id FROM {_FOUR_KEYS_DEPLOYMENTS}
        ), caused AS (
            SELECT i.incident_id, unnest(i.changes) AS change_id FROM four_keys.incidents i
        )
        SELECT count(DISTINCT g.deploy_id), count(DISTINCT x.incident_id)
        FROM gone_out g LEFT JOIN caused x ON x.change_id = g.change_id""",
    TIME_TO_RESTORE: """
        SELECT percentile_cont(0.5) WITHIN GROUP (
            ORDER BY extract(epoch FROM i.time_resolved - i.time_created)
        )
        FROM four_keys.incidents i
        WHERE i.environment = %(place)s AND i.time_created >= %(start)s AND i.time_created < %(end)s""",
}
