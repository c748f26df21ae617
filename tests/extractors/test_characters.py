"""A character that the recogniser hesitated over makes its value a question, and no other."""

import numpy as np
import pytest

from extractors.documents import lease_contract
from extractors.readers import characters
from extractors.readers.characters import Score, hesitations
from tests.extractors.taking import read

ALPHABET = ["", "曾", "厝", "按", "，", ",", " "]


def scored(text, *scores):
    score = Score(np.mean(scores))
    score.characters = scores
    return hesitations(text, score)


def chances(*frames):
    """Return the chances of each character of the alphabet in each frame."""
    table = np.zeros((1, len(frames), len(ALPHABET)))
    for n, frame in enumerate(frames):
        for character, chance in frame.items():
            table[0, n, ALPHABET.index(character)] = chance
    return [table]


def decoded(*frames):
    (text,), (score,) = characters.decoded(type("Decoder", (), {"character": ALPHABET}), chances(*frames))
    return text, score


def test_line_keeps_the_best_frame_of_each_character():
    """A character over several frames counts once, with its highest score; frames without one count nothing."""
    text, score = decoded(
        {"曾": 0.5}, {"曾": 0.9}, {"": 1.0}, {"厝": 1.0}, {"按": 0.6, "曾": 0.3}, {"": 1}, {"按": 0.7}
    )

    assert text == "曾厝按按"
    assert score.characters == pytest.approx((0.9, 1.0, 0.6, 0.7))
    assert score == pytest.approx((0.5 + 1.0 + 0.6 + 0.7) / 4)


def test_width_of_a_mark_is_no_doubt_on_its_line():
    """（ or (, a space or none: the line is read as well as its letters are."""
    text, score = decoded({"曾": 1.0}, {"，": 0.6, ",": 0.4}, {" ": 0.5, "": 0.4}, {"厝": 1.0})

    assert text == "曾， 厝"
    assert score == 1.0


def test_mark_taken_for_another_lowers_its_line():
    """A comma that may be a letter is not a matter of width."""
    _, score = decoded({"曾": 1.0}, {"，": 0.6, "厝": 0.4})

    assert score == pytest.approx(0.8)


def test_line_of_spaces_is_worth_nothing():
    """Nothing was read where nothing is seen."""
    assert decoded({" ": 1.0})[1] == 0


def test_weak_letter_in_a_good_line_is_told():
    """The mean of a long line hides one character that was guessed; its own score does not."""
    assert scored("曾厝按文创村", 1.0, 1.0, 0.66, 1.0, 1.0, 1.0) == (2,)


@pytest.mark.parametrize("mark", ["，", "（", " ", "☑"])
def test_weak_mark_is_no_hesitation(mark):
    """How wide a mark or a space is changes no value."""
    assert scored(f"曾{mark}厝", 1.0, 0.5, 1.0) == ()


def test_weak_point_is_a_hesitation():
    """A point decides over an amount."""
    assert scored("138.60", 1, 1, 1, 0.6, 1, 1) == (3,)


def test_engine_without_scores_of_characters_tells_nothing():
    """A plain score, or one of another text, points at no character."""
    assert hesitations("曾厝", 0.4) == ()
    assert scored("曾厝", 0.4) == ()


def doubting(page, text, character):
    """Return the page with a doubt on a character of the line that holds a text."""
    for piece in page.pieces:
        if text in piece.line.text:
            at = (piece.line.text.index(character),)
            piece.line = piece.line.model_copy(update={"doubted": at})
    return page


def test_value_with_a_doubted_character_is_not_sure(sheet):
    """The reading is handed to a person, whatever the score of its line."""
    rows = ("房屋租赁合同", "出租方：苗月华", "房屋坐落：厦门市思明区曾厝按84号")
    page = doubting(sheet(*rows, confidence=0.999, reader="paddleocr"), "房屋坐落", "按")

    found = read(lease_contract, page)

    assert found["address"].value == "厦门市思明区曾厝按84号"
    assert not found["address"].sure
    assert found["lessor"].sure


def test_doubt_on_a_label_does_not_touch_its_value(sheet):
    """Only the characters of the value count."""
    rows = ("房屋租赁合同", "出租方：苗月华", "房屋坐落：厦门市思明区环岛路84号")
    page = doubting(sheet(*rows, confidence=0.999, reader="paddleocr"), "房屋坐落", "屋")

    assert read(lease_contract, page)["address"].sure
