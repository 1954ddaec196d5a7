"""What SymPy makes of the scalar steps: reads lines of JSON {id, left, right, types}, writes lines {id, answer, ms}."""
import json
import sys
import time

import sympy
from sympy.parsing.sympy_parser import convert_xor, parse_expr, standard_transformations

rules = standard_transformations + (convert_xor,)
positive = {"positive", "probability", "simplex"}

for line in sys.stdin:
    job = json.loads(line)
    names = {
        v: sympy.Symbol(v, positive=True) if t in positive else sympy.Symbol(v, real=True)
        for v, t in job["types"].items()
    }
    start = time.perf_counter()
    try:
        left, right = (parse_expr(job[s], names, rules) for s in ("left", "right"))
        answer = "equal" if sympy.simplify(left - right) == 0 else "not shown"
    except Exception:
        answer = "unread"
    print(json.dumps({"id": job["id"], "answer": answer, "ms": round(1000 * (time.perf_counter() - start), 2)}), flush=True)
