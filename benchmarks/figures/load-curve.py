#!/usr/bin/env python3
"""Draws what `benchmarks herd` has measured, from a second on: load-curve.py herd.csv [SECOND] > herd.svg. Needs nothing but Python."""
import csv
import sys

WIDTH, HEIGHT, LEFT, TOP, BOTTOM, RIGHT = 960, 420, 70, 50, 60, 70


def main(path, begin=0):
    rows = [tuple(int(row[name]) for name in ("second", "registers", "bindings")) for row in csv.DictReader(open(path, encoding="ascii"))]
    rows = [row for row in rows if row[0] >= begin]
    last, most, all_bindings = rows[-1][0] + 1, max(row[1] for row in rows), max(row[2] for row in rows)
    x = lambda second: LEFT + (WIDTH - LEFT - RIGHT) * (second - begin) / (last - begin)
    y = lambda share: TOP + (HEIGHT - TOP - BOTTOM) * (1 - share)
    top = -(-most // 100) * 100
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">',
           f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
           f'<text x="{LEFT}" y="24" font-size="15">REGISTERs a second that {all_bindings:,} endpoints of one platform offer, and bindings at the registrar</text>']
    for start, end, what in ((60, 65, "restart"), (180, 300, "outage of two minutes")):
        out.append(f'<rect x="{x(start):.1f}" y="{TOP}" width="{x(end) - x(start):.1f}" height="{HEIGHT - TOP - BOTTOM}" fill="#f6d5d5"/>')
        out.append(f'<text x="{x(start):.1f}" y="{TOP - 6}" fill="#a03030">{what}</text>')
    for step in range(0, 6):
        share = step / 5
        out.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(share):.1f}" y2="{y(share):.1f}" stroke="#dddddd"/>')
        out.append(f'<text x="{LEFT - 8}" y="{y(share) + 4:.1f}" text-anchor="end" fill="#204a87">{top * share:.0f}</text>')
        out.append(f'<text x="{WIDTH - RIGHT + 8}" y="{y(share) + 4:.1f}" fill="#4e9a06">{all_bindings * share:,.0f}</text>')
    for second in range(-(-begin // 60) * 60, last + 1, 60):
        out.append(f'<text x="{x(second):.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{second}</text>')
    out.append(f'<text x="{WIDTH / 2:.0f}" y="{HEIGHT - 16}" text-anchor="middle">seconds of virtual time</text>')
    for second, registers, _ in rows:
        if registers:
            height = (HEIGHT - TOP - BOTTOM) * registers / top
            out.append(f'<rect x="{x(second):.2f}" y="{HEIGHT - BOTTOM - height:.2f}" width="{x(begin + 1) - x(begin):.2f}" height="{height:.2f}" fill="#204a87"/>')
    line = " ".join(f"{x(second + 1):.1f},{y(bindings / all_bindings):.1f}" for second, _, bindings in rows)
    out.append(f'<polyline points="{line}" fill="none" stroke="#4e9a06" stroke-width="1.5"/>')
    out.append("</svg>")
    print("\n".join(out))


main(sys.argv[1], *map(int, sys.argv[2:]))
