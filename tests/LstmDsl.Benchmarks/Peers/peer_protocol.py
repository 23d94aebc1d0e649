"""What every peer in Python says and hears; see README.md."""
import json
import sys
import time

SHORTEST_ROUND = 0.1  # seconds; shorter work is repeated


def serve(peer, version, rows):
    """rows: name of a row -> prepare(), which returns run(count): does that many units of work."""
    say(peer=peer, version=version, rows=list(rows))
    prepared, run, count = None, None, 1
    for line in sys.stdin:
        row = line.strip()
        try:
            if row != prepared:
                run = None  # gives up what the row before needed
                run = rows[row]()
                count = repetitions(run)
                prepared = row
            say(seconds=timed(run, count) / count)
        except Exception as problem:  # the comparison goes on without this row
            say(error=f"{type(problem).__name__}: {problem}")


def repetitions(run):
    """Doubles until a round is long enough by the median of three, and warms up on the way."""
    count = 1
    run(1)  # compiles, where there is something to compile
    while sorted(timed(run, count) for _ in range(3))[1] < SHORTEST_ROUND:
        count *= 2
    return count


def timed(run, count):
    begun = time.perf_counter()
    run(count)
    return time.perf_counter() - begun


def say(**message):
    print(json.dumps(message), flush=True)
