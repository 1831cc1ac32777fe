"""Deployments of an environment. Policies name them by application, as in
`proj/web:env/production:deployment/checkout`.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement

from daybreak.areas.insights.deployments.expansions import EXPANSIONS
from daybreak.areas.insights.deployments.model import Deployment
from daybreak.areas.insights.deployments.representation import (
    DeploymentShape,
    Surroundings,
    deployment_path,
    represent_deployments,
    represent_stages,
)
from daybreak.areas.insights.deployments.requests import DeploymentFields
from daybreak.areas.insights.deployments.store import (
    deployment_store,
    find_deployment,
    list_active,
    of_environment,
    read_stages,
)
from daybreak.areas.insights.facts.tables import deployments
from daybreak.areas.projects.queries import EnvironmentFact, environment, environments_by_id, in_environment
from daybreak.logic.policy.address import Address
from daybreak.platform.database import Transaction
from daybreak.rest.call import Call
from daybreak.rest.expansion import Expanded
from daybreak.rest.links import path
from daybreak.rest.resource import Editing, Place, Resource
from daybreak.rest.visibility import Level, Located


def deployment_address(parent: EnvironmentFact, application_key: str) -> Address:
    return Address((*parent.address.segments, *Address.of(("deployment", application_key)).segments))


def _find(call: Call, deployment_id: str) -> Deployment:
    return find_deployment(call.db, deployment_id)


def _within(call: Call, project_key: str, environment_key: str) -> Sequence[ColumnElement[bool]]:
    return (of_environment(environment(call.db, project_key, environment_key).home),)


def _addresses(db: Transaction, found: Sequence[Deployment]) -> list[Address]:
    parents = environments_by_id(db, {deployment.environment_id for deployment in found})
    return [deployment_address(parents[d.environment_id], d.application_key) for d in found]


def _place(db: Transaction, deployment: Deployment) -> Place:
    parent = environments_by_id(db, {deployment.environment_id})[deployment.environment_id]
    return Place(
        f"{deployment.application_key} {deployment.application_version}",
        deployment_path(deployment.id),
        parent.name,
        path("/api/v2/projects/{project}/environments/{key}", project=parent.project.key, key=parent.key),
    )


def _represent(call: Call, found: Sequence[Deployment], expanded: Expanded) -> list[DeploymentShape]:
    parents = environments_by_id(call.db, {deployment.environment_id for deployment in found})
    stages = read_stages(call.db, found)
    around = Surroundings(
        environment_keys={id: parent.key for id, parent in parents.items()},
        active=list_active(call.db, found),
        stages={
            id: represent_stages(row.number, row.lead, row.review, row.wait, row.deploy)
            for id, row in stages.items()
        },
    )
    return represent_deployments(found, around, expanded, call.now)


def _read_fields(deployment: Deployment) -> DeploymentFields:
    return DeploymentFields(archived=deployment.is_archived, metadata=dict(deployment.metadata))


def _write_fields(deployment: Deployment, fields: Any) -> Deployment:
    return replace(deployment, is_archived=fields.archived, metadata=fields.metadata)


DEPLOYMENT: Resource[Deployment] = Resource(
    kind="deployment",
    specifier="proj/*:env/*:deployment/*",
    store=deployment_store,
    find=_find,
    within=_within,
    addresses=_addresses,
    place=_place,
    represent=_represent,
    view_action="viewDeployment",
    located=(
        Located(
            (
                *in_environment(deployments.c.environment_id),
                Level("deployment", deployments.c.application_key),
            )
        ),
    ),
    expansions=EXPANSIONS,
    editing=Editing(
        fields=DeploymentFields,
        read=_read_fields,
        write=_write_fields,
        actions={"/archived": "updateDeploymentArchived", "/metadata": "updateDeploymentMetadata"},
    ),
)
