from hypothesis import given, settings, HealthCheck
from tests.schemas.strategies import incidents, same
from schemas.toml_file import dumps, loads
@settings(max_examples=1500)
@given(incidents())
def test_q(x):
    t=dumps(x); y=loads(t)
    assert y==x
    assert same(y,x)
    assert dumps(y)==t
