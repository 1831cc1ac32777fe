"""What operators watch: every number of a process, declared and counted here.

Names begin with `daybreak_` and hold the unit. Labels have few values: operations, doors, kinds, jobs; never
a key, an id, a path or anybody's name. `process.py` has them all, `standing.py` asks the database
for more, `exposition.py` shows them; `docs/watching.md` lists them.
"""
