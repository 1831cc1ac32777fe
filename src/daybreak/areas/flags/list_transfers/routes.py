"""Every URL of imports and exports of big segments."""

from daybreak.areas.flags.list_transfers.operations import (
    EXPORT,
    IMPORT_ACTIONS,
    create_export,
    create_import,
    read_export,
    read_export_file,
    read_import,
)
from daybreak.areas.flags.list_transfers.representation import ExportShape, ImportShape
from daybreak.areas.flags.segments.resource import SEGMENT
from daybreak.areas.flags.segments.routes import ONE, TAG
from daybreak.rest.routing import Route

# A million keys of 100 characters, twice.
LARGEST_IMPORT = 200 * 1024 * 1024

ROUTES = [
    Route(
        method="POST",
        path=f"{ONE}/imports",
        run=create_import,
        operation="createBigSegmentImport",
        tag=TAG,
        summary="Import members of a big segment from a file: CSV, or JSON by lines",
        action=" ".join(IMPORT_ACTIONS),
        specifier="proj/*:env/*:segment/*",
        largest_upload=LARGEST_IMPORT,
        status=204,
    ),
    Route(
        method="GET",
        path=f"{ONE}/imports/{{importID}}",
        run=read_import,
        operation="getBigSegmentImport",
        tag=TAG,
        summary="Tell how far an import is",
        action=SEGMENT.view_action,
        specifier="proj/*:env/*:segment/*",
        answer=ImportShape,
    ),
    Route(
        method="POST",
        path=f"{ONE}/exports",
        run=create_export,
        operation="createBigSegmentExport",
        tag=TAG,
        summary="Export the members of a big segment",
        action=EXPORT,
        specifier="proj/*:env/*:segment/*",
        answer=ExportShape,
    ),
    Route(
        method="GET",
        path=f"{ONE}/exports/{{exportID}}",
        run=read_export,
        operation="getBigSegmentExport",
        tag=TAG,
        summary="Tell how far an export is, and where its file is",
        action=SEGMENT.view_action,
        specifier="proj/*:env/*:segment/*",
        answer=ExportShape,
    ),
    Route(
        method="GET",
        path=f"{ONE}/exports/{{exportID}}/file",
        run=read_export_file,
        operation="getBigSegmentExportFile",
        tag=TAG,
        summary="Read the file of an export",
        action=EXPORT,
        specifier="proj/*:env/*:segment/*",
        documented=False,
    ),
]
