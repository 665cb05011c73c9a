"""The same story as the pages tell, under attack."""

import pytest

from tests.cast import Cast
from tests.referrals.story import Story


@pytest.fixture
def story(cast: Cast) -> Story:
    return Story(cast)
