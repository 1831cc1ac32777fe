"""A repository whose commits deployments are made of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Repository:
    """`url` and `main_branch` are empty until git or a webhook tells them."""

    id: str
    key: str
    type: str
    url: str
    main_branch: str
    version: int
