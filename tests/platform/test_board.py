"""What processes of one machine show each other."""

import os

from daybreak.platform.board import MARKS, PLACES, Board


def test_marks__of_another_process__are_seen() -> None:
    board = Board(2)
    assert not board.is_marked("payload")
    child = os.fork()
    if not child:
        board.mark("payload")
        os._exit(0)
    os.waitpid(child, 0)
    assert board.is_marked("payload")
    assert not board.is_marked("another")


def test_marks__more_in_one_place_than_there_is_room__drive_out_the_oldest() -> None:
    board = Board()
    # A number is its own hash, and these have the same places.
    alike = [(1 + n) * (MARKS // PLACES) for n in range(PLACES + 1)]
    for number in alike:
        board.mark(number)
    assert [board.is_marked(number) for number in alike] == [False, *[True] * PLACES]


def test_marks__nothing__is_never_marked() -> None:
    assert not Board().is_marked(0)
