"""The pages of a project, found by the table of who may do what."""

from collections.abc import Container, Iterator

from tests.browser.site import NO_PAGES
from tests.factories import World

from .places import Walls, objects_of
from .routes import routes
from .table import rows


def pages_of_projects(world: World, but: Container[str] = NO_PAGES) -> Iterator[tuple[str, str]]:
    """Name and address of each page that members of `here` open. `world` is complete."""
    made = objects_of(world.here, world.manager, world.manager)
    walls, table = Walls(world, {}, {}, {"here": made}), {row.route: row for row in rows()}
    for route in routes():
        row = table[route.shown]
        if row.of_a_project and "GET" in row.may and not route.of_programs and route.name not in but:
            yield route.name, walls.address(route, row)
