from __future__ import annotations

import pytest

from sayso.store import masked


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://host/db", "postgresql://host/db"),
        ("postgresql://mo@host/db", "postgresql://mo@host/db"),
        ("postgresql://mo:s3cret@host/db", "postgresql://mo:***@host/db"),
        ("postgres://mo:s3cret@host:5433/db?sslmode=require", "postgres://mo:***@host:5433/db?sslmode=require"),
        ("postgresql://mo:@host/db", "postgresql://mo:***@host/db"),
        ("postgresql://mo:s3@cret@host/db", "postgresql://mo:***@host/db"),
        ("postgresql://mo:s3/cret@host/db", "postgresql://mo:***@host/db"),
        ("postgresql://mo:s3?cret@host/db", "postgresql://mo:***@host/db"),
        ("postgresql://mo:s3#c:ret@host/db", "postgresql://mo:***@host/db"),
        ("postgresql://mo:s3\ncret@host/db", "postgresql://mo:***@host/db"),
        ("postgresql://host/db?user=mo&password=s3cret&x=1", "postgresql://host/db?user=mo&password=***&x=1"),
        ("postgresql://host/db?sslpassword=s3cret", "postgresql://host/db?sslpassword=***"),
        ("mysql://mo:s3cret@host/db", "mysql://mo:***@host/db"),
        ("sqlite:///a:b@c.db", "sqlite:///a:b@c.db"),
        ("a:b@c.db", "a:b@c.db"),
    ],
)
def test_a_password_is_not_shown(url: str, shown: str) -> None:
    assert masked(url) == shown
