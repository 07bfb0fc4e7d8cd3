from __future__ import annotations

import pytest
from flask import Flask

from tests.support.visitor import Visitor


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    return Visitor(app)
