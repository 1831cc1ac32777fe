from areas.insights.test_groups import *
def test_x(api):
    a_project(api); a_group(api)
    r=api.delete("/api/v2/projects/web"); print(r.text); assert 0
